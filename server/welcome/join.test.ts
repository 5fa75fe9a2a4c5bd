import fs from "node:fs";
import { fileURLToPath } from "node:url";
import type { LightMyRequestResponse } from "fastify";
import { sql } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { startWelcomeServer, type WelcomeServer } from "../../tests/support/welcome-server.ts";

const ORIGIN = "http://refer.example";
const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const database = useDatabase();
let server: WelcomeServer;
let programId: string;
let people = 0;

beforeAll(async () => {
  server = await startWelcomeServer(database.db, () => ORIGIN);
  programId = await server.launch("Acme Perks");
});
afterAll(() => server.close());

const get = (url: string, headers: Record<string, string> = {}) =>
  server.app.inject({ method: "GET", url, headers: { accept: "text/html", ...headers } });

/** As a browser without a cookie sends the form from our own page. */
function post(url: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
  return server.app.inject({
    method: "POST",
    url,
    payload: new URLSearchParams(fields).toString(),
    headers: {
      host: "refer.example",
      origin: ORIGIN,
      accept: "text/html",
      "content-type": "application/x-www-form-urlencoded",
      ...headers,
    },
  });
}

/** The fields a browser would send: what the page holds, and what somebody typed. */
function fieldsOf(page: LightMyRequestResponse, typed: Record<string, string> = {}): Record<string, string> {
  const inputs = [...page.body.matchAll(/<input [^>]*>/g)].map(([tag]) => [
    /name="([^"]*)"/.exec(tag)?.[1] ?? "",
    /value="([^"]*)"/.exec(tag)?.[1] ?? "",
  ]);
  return { ...Object.fromEntries(inputs), ...typed };
}

const someone = () => ({ name: "Meera Iyer", email: `meera-${++people}@example.com` });
const cookieOf = (answer: LightMyRequestResponse) =>
  answer.cookies
    .filter(({ value }) => value !== "")
    .map(({ name, value }) => `${name}=${encodeURIComponent(value)}`)
    .join("; ");

async function asOwner(statement: string, values: unknown[]): Promise<void> {
  const client = new pg.Client(database.owner);
  await client.connect();
  await client.query(statement, values);
  await client.end();
}

const statusOf = async (email: string) =>
  database.db.read(programId, (reader) =>
    reader.maybe<{ status: string; advocateId: string | null; reasons: string[] }>(sql`
      select referrals.status, advocate_id, reasons
        from participant_identities as identity
        left join referrals on referrals.referee_id = identity.participant_id
       where email = ${email}`),
  );

describe("the page behind a link", () => {
  it("understands what other products call a code, ours before theirs", async () => {
    const { code } = await server.enroll(programId, "Via Joshi");
    for (const name of ["ref", "via", "fp_ref", "grsf"])
      expect((await get(`/join?${name}=${code}`)).body, name).toContain(`value="${code}"`);
    expect((await get(`/join?via=nobody-has-it&ref=${code}`)).body).toContain(`value="${code}"`);
    expect((await get(`/join?ref=&grsf=${code}`)).body).toContain(`value="${code}"`);
  });

  it.each([
    ["expired", "This link has expired", sql`expires_at = now()`],
    ["paused", "This link is paused", sql`state = 'paused'`],
    ["used up", "This link has brought as many people as it may", sql`max_uses = 1, uses = 1`],
  ])(
    "says of one that is %s what it is, where it leads, and lets people join",
    async (_name, title, change) => {
      const { code } = await server.enroll(programId, "Asha");
      await database.db.write(programId, (tx) =>
        tx.run(sql`update links set ${change} where program_id = ${tx.programId} and code = ${code}`),
      );
      const followed = await get(`/${code}`, { "user-agent": FIREFOX });
      expect([followed.statusCode, followed.headers.location]).toEqual([302, `${ORIGIN}/join?ref=${code}`]);
      const page = await get(`/join?ref=${code}`);
      expect(page.body).toContain(title);
      expect(page.body).toContain("<form");
    },
  );

  it("names the advocate, shows the code applied and says what happens", async () => {
    const ravi = await server.enroll(programId, "Ravi Sharma");
    const page = await get(`/join?ref=${ravi.code}&utm_source=x`);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain("Ravi invited you");
    expect(page.body).not.toContain("Sharma");
    expect(page.body).toContain(`Code <code>${ravi.code}</code> applied`);
    expect(page.body).toContain(`name="ref" type="text" value="${ravi.code}"`);
    expect(page.body).toContain("You earn 5 % of the profit on your friends’ orders over ₹1,000.00");
    expect(page.body).toContain("Ravi may earn when you buy. Acme Perks pays that, not you.");
    expect(page.body).toContain("Earnings come from purchases, not from recruiting.");
    expect(page.body).toContain(`href="/join?program=${programId}"`);
    expect(page.body).toContain('property="og:title" content="Ravi invited you to Acme Perks"');
  });

  it("carries a click and nothing else from the address", async () => {
    const ravi = await server.enroll(programId, "Ravi Sharma");
    const followed = await server.app.inject({
      url: `/r/${ravi.code}`,
      headers: { "user-agent": FIREFOX },
    });
    const landing = new URL(String(followed.headers.location));
    const page = await get(landing.pathname + landing.search);
    expect(page.body).toContain(`name="click" value="${landing.searchParams.get("click")}"`);
    expect((await get(`/join?ref=${ravi.code}&click=evil`)).body).not.toContain("evil");
  });

  it("says nothing of purchases where sign-ups earn", async () => {
    const points = await server.launch("Points", "points");
    const asha = await server.enroll(points, "Asha");
    const page = await get(`/join?ref=${asha.code}`);
    expect(page.body).toContain("You earn 10 points for your friends’ sign-ups.");
    expect(page.body).toContain("Asha may earn when you join.");
    expect(page.body).not.toContain("not from recruiting");
  });

  it("reads a code as people type it", async () => {
    const ravi = await server.enroll(programId, "Ravi");
    const typed = `${ravi.code.slice(0, 5).toUpperCase()}-${ravi.code.slice(5)}`;
    expect((await get(`/join?ref=${encodeURIComponent(typed)}`)).body).toContain("Ravi invited you");
  });
});

describe("joining", () => {
  it("works without a cookie: thanks the advocate and shows the new link", async () => {
    const ravi = await server.enroll(programId, "Ravi Sharma");
    const meera = someone();
    const answer = await post("/join", fieldsOf(await get(`/join?ref=${ravi.code}`), meera));
    expect(answer.statusCode).toBe(303);
    const welcome = await get(String(answer.headers.location));
    expect(welcome.statusCode).toBe(200);
    expect(welcome.body).toContain("You’re in, Meera");
    expect(welcome.body).toContain("Thanks to Ravi, who invited you to Acme Perks.");
    expect(welcome.body).toMatch(/<p class="link">http:\/\/refer\.example\/[2-9a-z]{10}<\/p>/);
    expect(welcome.body).toContain("You are not signed in here");
    expect(await statusOf(meera.email)).toMatchObject({ status: "joined", advocateId: ravi.id });
  });

  it("opens a session where the browser keeps cookies", async () => {
    const answer = await post("/join", { ...someone(), program: programId });
    const welcome = await get(String(answer.headers.location), { cookie: cookieOf(answer) });
    expect(welcome.body).toContain('href="/app/home">Open your page');
    expect(answer.cookies[0]).toMatchObject({ httpOnly: true, sameSite: "Lax" });
  });

  it("joins once when the button is pressed twice, and signs in both times", async () => {
    const ravi = await server.enroll(programId, "Ravi");
    const fields = fieldsOf(await get(`/join?ref=${ravi.code}`), someone());
    const answers = await Promise.all([post("/join", fields), post("/join", fields)]);
    answers.push(await post("/join", fields));
    expect(answers.map((answer) => answer.statusCode)).toEqual([303, 303, 303]);
    const pages = await Promise.all(
      answers.map((answer) => get(String(answer.headers.location), { cookie: cookieOf(answer) })),
    );
    expect(new Set(pages.map((page) => /class="link">([^<]*)/.exec(page.body)?.[1])).size).toBe(1);
    for (const page of pages) expect(page.body).toContain("Open your page");
  });

  it("takes another person from the same form when somebody goes back", async () => {
    const fields = fieldsOf(await get(`/join?program=${programId}`), someone());
    expect((await post("/join", fields)).statusCode).toBe(303);
    const second = { ...fields, ...someone() };
    expect((await post("/join", second)).statusCode).toBe(303);
    expect(await statusOf(second.email)).not.toBeNull();
  });

  it("lets somebody join without an invitation", async () => {
    const meera = someone();
    const answer = await post(
      "/join",
      fieldsOf(await get(`/join?program=${programId}`), { ...meera, ref: "" }),
    );
    const welcome = await get(String(answer.headers.location));
    expect(welcome.body).toContain("Welcome to Acme Perks.");
    expect(await statusOf(meera.email)).toMatchObject({ status: null });
  });

  it("leaves whoever is signed in as they are", async () => {
    const first = await post("/join", { ...someone(), program: programId });
    const second = await post("/join", { ...someone(), program: programId }, { cookie: cookieOf(first) });
    expect(second.cookies).toEqual([]);
    const welcome = await get(String(second.headers.location), { cookie: cookieOf(first) });
    expect(welcome.body).toContain("Somebody else is signed in here");
  });

  it("adds a second program to an account only after signing in to it", async () => {
    const other = await server.launch("Second");
    const meera = someone();
    const first = await post("/join", { ...meera, program: programId });
    const second = await post("/join", { ...meera, program: other });
    const address = String(second.headers.location);
    expect((await get(address)).body).toContain("There is an account with this e-mail.");
    const cookie = cookieOf(first);
    const signedIn = await get(address, { cookie });
    expect(signedIn.body).toContain("Add Second to your account");
    const forged = await post("/join/welcome", fieldsOf(signedIn), { cookie, origin: "http://evil.example" });
    expect((await get(String(forged.headers.location), { cookie })).body).toContain("Add Second");
    const added = await post("/join/welcome", fieldsOf(signedIn), { cookie });
    expect((await get(String(added.headers.location), { cookie })).body).toContain("Open your page");
  });
});

describe("never a dead end", () => {
  it("answers an unknown code with a form to correct it, after a link and after the page", async () => {
    for (const url of ["/r/zzzzzzzzzz", "/zzzzzzzzzz"]) {
      const page = await get(url);
      expect(page.statusCode).toBe(404);
      expect(page.body).toContain("We don’t know this invitation");
      expect(page.body).toContain('action="/join"');
      expect(page.body).toContain('href="/join"');
    }
  });

  it("says beside the field that a code is unknown, keeps what was typed, and takes an empty one", async () => {
    const meera = someone();
    const sent = { ...meera, program: programId, ref: "zzzz-typo" };
    const page = await post("/join", sent);
    expect(page.statusCode).toBe(422);
    expect(page.body).toContain("We don’t know this code.");
    expect(page.body).toContain('value="zzzz-typo"');
    expect(page.body).toContain(`value="${meera.email}"`);
    expect(page.body).toContain('<details class="chip off" open>');
    expect(await statusOf(meera.email)).toBeNull();
    expect((await post("/join", fieldsOf(page, { ref: "" }))).statusCode).toBe(303);
  });

  it("lets people join through a link that is off, and tells them", async () => {
    const ravi = await server.enroll(programId, "Ravi");
    await asOwner("update links set state = 'disabled' where participant_id = $1", [ravi.id]);
    const page = await get(`/join?ref=${ravi.code}`);
    expect(page.body).toContain("This link is switched off");
    expect(page.body).not.toContain("Ravi");
    const meera = someone();
    const answer = await post("/join", fieldsOf(page, meera));
    expect((await get(String(answer.headers.location))).body).toContain(
      "The link you came through is switched off.",
    );
    expect(await statusOf(meera.email)).toMatchObject({ status: "not_eligible", reasons: ["expired_link"] });
  });

  it("lets people join when the advocate is suspended, without naming them", async () => {
    const ravi = await server.enroll(programId, "Ravi");
    await asOwner("update participants set status = 'suspended' where id = $1", [ravi.id]);
    const page = await get(`/join?ref=${ravi.code}`);
    expect(page.body).toContain("This invitation does not count at the moment");
    expect(page.body).not.toContain("Ravi");
    expect((await post("/join", fieldsOf(page, someone()))).statusCode).toBe(303);
  });

  it("says that the advocate has no free place and lets the ninth join without one", async () => {
    const ravi = await server.enroll(programId, "Ravi");
    for (let friend = 1; friend <= 8; friend++) await server.enroll(programId, `Friend ${friend}`, ravi.code);
    const page = await get(`/join?ref=${ravi.code}`);
    expect(page.body).toContain("Ravi has no free place");
    expect(page.body).toContain("All 8 places are taken.");
    const ninth = someone();
    const answer = await post("/join", fieldsOf(page, ninth));
    const welcome = await get(String(answer.headers.location));
    expect(welcome.body).toContain("You’re in, Meera");
    expect(welcome.body).toContain("The person who invited you has no free place.");
    expect(welcome.body).not.toContain("Thanks to");
    expect(await statusOf(ninth.email)).toMatchObject({
      status: "not_eligible",
      reasons: ["direct_limit_reached"],
    });
  });

  it("shows advocates their own link as their friends see it", async () => {
    const joined = await post("/join", { ...someone(), program: programId });
    const cookie = cookieOf(joined);
    const welcome = await get(String(joined.headers.location), { cookie });
    const own = /refer\.example\/([2-9a-z]{10})</.exec(welcome.body)?.[1];
    const page = await get(`/join?ref=${own}`, { cookie });
    expect(page.body).toContain("This is your own link");
    const other = await server.enroll(programId, "Ravi");
    expect((await get(`/join?ref=${other.code}`, { cookie })).body).toContain(
      "You have joined Acme Perks already",
    );
  });

  it("says neutrally that an address has joined, and where to sign in", async () => {
    const meera = someone();
    await post("/join", { ...meera, program: programId });
    const again = await post("/join", { ...meera, name: "Mallory", program: programId });
    expect(again.statusCode).toBe(409);
    expect(again.body).toContain("Somebody with this e-mail has joined already");
    expect(again.body).toContain('href="/app/sign-in"');
    expect(again.body).toContain(`value="${meera.email}"`);
    expect(again.body).not.toContain("Meera");
  });

  it.each([
    [{ name: "", email: "" }, ["Enter your name.", "Enter your e-mail address."]],
    [{ name: "  ", email: "no address" }, ["Enter your name."]],
    [{ name: "Meera", email: "no address" }, ["Enter an address like name@example.com."]],
    [{ name: "Meera", email: "a@b.example, c@d.example" }, ["Enter an address like"]],
    [{ name: "Meera", email: "a@b.example\r\nBcc: x@y.example" }, ["Enter an address like"]],
    [{ name: "x".repeat(121), email: "a@b.example" }, ["A name takes at most 120 characters."]],
    [{ name: "\u200b\u202e", email: "a@b.example" }, ["at least one letter"]],
  ])("says beside the fields what is wrong with %o", async (typed, words) => {
    const page = await post("/join", { ...typed, program: programId });
    expect(page.statusCode).toBe(422);
    for (const word of words) expect(page.body).toContain(word);
    expect(page.body.match(/ autofocus/g)).toHaveLength(1);
  });

  it("asks for a code where nothing names a program", async () => {
    await server.launch("One more, so that there are several");
    const page = await get("/join");
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain("Which invitation do you have?");
    expect((await get("/join?ref=zzzzzzzzzz")).statusCode).toBe(404);
    expect((await get("/join?program=prg_00000000000000000000000000")).body).toContain("Which invitation");
  });

  it.each(["", "nonsense", "prg_x.par_y.zzzz.AAAA"])(
    "ends a welcome whose pass is %o with a way on",
    async (pass) => {
      const page = await get(`/join/welcome?pass=${pass}`);
      expect(page.statusCode).toBe(410);
      expect(page.body).toContain('href="/app/sign-in"');
    },
  );

  it("does not show one person's welcome with another's pass", async () => {
    const answer = await post("/join", { ...someone(), program: programId });
    const other = await post("/join", { ...someone(), program: programId });
    const [mine, theirs] = [answer, other].map((one) => String(one.headers.location).split(".")) as [
      string[],
      string[],
    ];
    expect((await get([mine[0], theirs[1], mine[2], mine[3]].join("."))).statusCode).toBe(410);
  });
});

describe("what a page must not do", () => {
  it("stores nothing for a GET or a HEAD", async () => {
    const ravi = await server.enroll(programId, "Ravi");
    const count = () =>
      database.db.read(programId, (reader) =>
        reader.one<{ all: bigint }>(
          sql`select (select count(*) from participants) + (select count(*) from clicks) + (select count(*) from events) as all`,
        ),
      );
    const before = await count();
    for (const method of ["GET", "HEAD"] as const)
      expect((await server.app.inject({ method, url: `/join?ref=${ravi.code}` })).statusCode).toBe(200);
    expect(await count()).toEqual(before);
  });

  it("sets no cookie and changes nothing for a form of another site", async () => {
    const meera = someone();
    for (const headers of [
      { origin: "http://evil.example", "sec-fetch-site": "cross-site" },
      { origin: "http://evil.example" },
      { "sec-fetch-site": "same-site" },
    ]) {
      const page = await post("/join", { ...meera, program: programId }, headers);
      expect(page.statusCode).toBe(403);
      expect(page.body).toContain("This form came from another page");
      expect(page.cookies).toEqual([]);
    }
    expect(await statusOf(meera.email)).toBeNull();
  });

  it("lets a browser that hides where it comes from join, without a cookie", async () => {
    const answer = await post("/join", { ...someone(), program: programId }, { origin: "null" });
    expect(answer.statusCode).toBe(303);
    expect(answer.cookies).toEqual([]);
  });

  const HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "</title><svg onload=alert(1)>",
    "javascript:alert(1)",
    "{{constructor.constructor('alert(1)')()}}",
    "<!--",
    "`onmouseover=alert(1)`",
    "%3Cscript%3E",
    "\u2028<b>",
  ];

  /** Every page the text may stand on. */
  async function pagesWith(text: string): Promise<LightMyRequestResponse[]> {
    const program = await server.launch(text);
    const advocate = await server.enroll(program, text.replaceAll(" ", "\u00a0"));
    const joined = await post("/join", { ...someone(), name: text, ref: advocate.code });
    const part = encodeURIComponent(text);
    return [
      await get(`/join?ref=${advocate.code}`),
      await get(`/join?ref=${part}&click=${part}&program=${programId}`),
      await get(`/join?ref=${part}`),
      await post("/join", {
        name: text,
        email: text,
        ref: text,
        click: text,
        once: text,
        program: programId,
      }),
      await get(`/r/${part}`),
      await get(`/join/welcome?pass=${part}`),
      await get(String(joined.headers.location)),
    ];
  }

  /** The tags and the names of their attributes, without what stands in them. */
  const shapeOf = (page: LightMyRequestResponse) =>
    page.body
      .replaceAll(/="[^"]*"/g, "")
      .match(/<[^>]*>/g)
      ?.join("");

  it.each(HOSTILE)("shows %j as text wherever it may stand", async (text) => {
    const plain = await pagesWith("Plain");
    const hostile = await pagesWith(text);
    expect(hostile.map((page) => page.statusCode)).toEqual(plain.map((page) => page.statusCode));
    expect(hostile.map(shapeOf)).toEqual(plain.map(shapeOf));
    for (const page of hostile)
      expect(page.body).not.toMatch(/(href|action)="(?!\/|https:\/\/wa\.me\/|mailto:\?|sms:\?)/);
  });

  it("needs no script, no inline style and nothing from elsewhere; and is small", async () => {
    const ravi = await server.enroll(programId, "Ravi");
    const page = await get(`/join?ref=${ravi.code}`);
    expect(page.headers["content-security-policy"]).toContain("default-src 'self'");
    expect(page.body).not.toMatch(/<script|<style|style=|(?:src|href|action)="https?:/);
    const address = /rel="stylesheet" href="([^"]*)"/.exec(page.body)?.[1] ?? "";
    const style = await get(address);
    expect(style.headers["cache-control"]).toContain("immutable");
    expect(page.rawPayload.length).toBeLessThan(6_000);
    expect(style.rawPayload.length).toBeLessThan(9_000);
  });

  it("has the colours of the dashboard", async () => {
    const styles = fs.readFileSync(
      fileURLToPath(new URL("../../dashboard/styles.css", import.meta.url)),
      "utf8",
    );
    const own = (await get("/welcome/style.css")).body;
    const [light = "", dark = ""] = own.split("prefers-color-scheme:dark");
    const tokens = (text: string) =>
      [...text.matchAll(/--([a-z0-9-]+):(#[0-9a-f]+)/g)].map(([, name, value]) => `${name}: ${value}`);
    const [theirs = "", theirDark = ""] = styles.split('[data-theme="dark"]');
    expect(tokens(light).length).toBeGreaterThan(15);
    for (const token of tokens(light)) expect(theirs).toContain(`--color-${token};`);
    for (const token of tokens(dark)) expect(theirDark).toContain(`--color-${token};`);
  });
});
