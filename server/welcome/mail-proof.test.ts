import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { startWelcomeServer, type WelcomeServer } from "../../tests/support/welcome-server.ts";
import { createOwner } from "../access/create-owner.ts";
import { createSignInLink } from "../access/create-sign-in-link.ts";

const ORIGIN = "http://refer.example";
const database = useDatabase();
let server: WelcomeServer;
let programId: string;
let people = 0;
const CAUSE = { actor: { kind: "system" }, requestId: null } as const;

beforeAll(async () => {
  server = await startWelcomeServer(database.db, () => ORIGIN, { hasMail: true });
  programId = await server.launch("Acme Perks", "points");
});
afterAll(() => server.close());

type Facts = { link: string; code: string };
/** The mails somebody was sent, the newest last. */
const mailsTo = async (email: string, message: string): Promise<Facts[]> =>
  (
    await database.db.read(programId, (reader) =>
      reader.many<{ facts: Facts }>(sql`
        select facts from mails where program_id = ${programId} and to_address = ${email} and message = ${message}
         order by created_at, id`),
    )
  ).map(({ facts }) => facts);

/** Mails to sign in with are posted after the answer. */
async function awaitedMail(email: string, message: string, count = 1): Promise<Facts> {
  await expect.poll(async () => (await mailsTo(email, message)).length).toBe(count);
  return (await mailsTo(email, message)).at(-1) as Facts;
}

const get = (url: string, headers: Record<string, string> = {}) =>
  server.app.inject({ url, headers: { accept: "text/html", ...headers } });
const post = (url: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  server.app.inject({
    method: "POST",
    url,
    payload: new URLSearchParams(fields).toString(),
    headers: {
      ...{ host: "refer.example", origin: ORIGIN, accept: "text/html" },
      "content-type": "application/x-www-form-urlencoded",
      ...headers,
    },
  });
const api = (url: string, body: object, headers: Record<string, string> = {}) =>
  server.app.inject({
    method: "POST",
    url,
    payload: body,
    headers: { origin: ORIGIN, host: "refer.example", ...headers },
  });
const pathOf = (address: string) => new URL(address).pathname;

async function joined(): Promise<{ email: string; pass: string; id: string }> {
  const email = `mira-${++people}@example.com`;
  const answer = await post("/join", { name: "Mira", email, program: programId });
  const pass = new URL(String(answer.headers.location), ORIGIN).searchParams.get("pass") ?? "";
  return { email, pass, id: pass.split(".")[1] as string };
}

const isVerified = async (id: string) =>
  database.db.read(programId, async (reader) => {
    const row = await reader.one<{ verified: boolean }>(sql`
      select email_verified_at is not null as verified from participants
       where program_id = ${programId} and id = ${id}`);
    return row.verified;
  });

describe("the proof of an address", () => {
  it("is asked for by a mail, and given with the code, however it is pasted", async () => {
    const { email, pass, id } = await joined();
    const { code } = await awaitedMail(email, "verify_email");
    const welcome = await get(`/join/welcome?pass=${pass}`);
    expect(welcome.body).toContain('autocomplete="one-time-code"');
    expect(welcome.body).toContain("Code we sent to m…@example.com");
    expect(welcome.body).toContain("have a code sent to you");
    const done = await post("/join/verify", { pass, code: ` ${code.replace(" ", "-")} ` });
    expect(done.statusCode).toBe(303);
    expect(await isVerified(id)).toBe(true);
    expect((await get(String(done.headers.location))).body).not.toContain("one-time-code");
  });

  it("is given with the link on another device, by a button and not by opening it", async () => {
    const { email, id } = await joined();
    const { link } = await awaitedMail(email, "verify_email");
    const page = await get(pathOf(link));
    expect(page.body).toContain("Confirm my address");
    expect(page.headers["cache-control"]).toBe("no-store");
    await server.app.inject({ method: "HEAD", url: pathOf(link) });
    expect(await isVerified(id)).toBe(false);
    const done = await post(pathOf(link), {});
    expect(done.statusCode).toBe(303);
    expect(await isVerified(id)).toBe(true);
    expect((await get(String(done.headers.location))).body).toContain("You’re in, Mira");
    // Once.
    expect((await post(pathOf(link), {})).statusCode).toBe(410);
  });

  it("ends after five wrong codes; the link still works", async () => {
    const { email, pass, id } = await joined();
    const { code, link } = await awaitedMail(email, "verify_email");
    const wrong = code === "000 000" ? "111111" : "000000";
    for (let attempt = 0; attempt < 5; attempt++) {
      const page = await post("/join/verify", { pass, code: wrong });
      expect(page.statusCode).toBe(422);
      expect(page.body).toContain("This is not the code.");
    }
    expect((await post("/join/verify", { pass, code })).body).toContain("Too many wrong codes.");
    expect(await isVerified(id)).toBe(false);
    expect((await post(pathOf(link), {})).statusCode).toBe(303);
    expect(await isVerified(id)).toBe(true);
  });

  it("is sent once more after a minute, not before, and the mail before stops working", async () => {
    const { email, pass, id } = await joined();
    const first = await awaitedMail(email, "verify_email");
    expect((await post("/join/verify", { pass, again: "yes" })).body).toMatch(
      /another one in \d+ seconds?\./,
    );
    await database.db.write(programId, (tx) =>
      tx.run(sql`update email_verifications set sent_at = sent_at - interval '2 minutes'
                  where program_id = ${programId} and participant_id = ${id}`),
    );
    expect((await post("/join/verify", { pass, again: "yes" })).body).toContain("Sent once more");
    const second = await awaitedMail(email, "verify_email", 2);
    expect((await post(pathOf(first.link), {})).statusCode).toBe(410);
    expect((await post(pathOf(second.link), {})).statusCode).toBe(303);
  });

  it("is too late after a day", async () => {
    const { email, pass, id } = await joined();
    const { code, link } = await awaitedMail(email, "verify_email");
    await database.db.write(programId, (tx) =>
      tx.run(sql`update email_verifications set expires_at = now() - interval '1 second'
                  where program_id = ${programId} and participant_id = ${id}`),
    );
    expect((await post("/join/verify", { pass, code })).body).toContain("This code is too old.");
    expect((await post(pathOf(link), {})).statusCode).toBe(410);
  });

  it("says what is missing where no digits were typed, and nothing to whoever has no pass", async () => {
    const { pass } = await joined();
    expect((await post("/join/verify", { pass, code: "abc" })).body).toContain("Type the six digits");
    expect((await post("/join/verify", { pass: "x", code: "123456" })).statusCode).toBe(410);
    for (const token of ["x", `${programId}.x`, "prg_x.y", "%00"])
      expect([404, 410, 400]).toContain((await post(`/verify/${token}`, {})).statusCode);
  });

  it("is not asked for where no mails are sent, and blocks nobody", async () => {
    const quiet = await startWelcomeServer(database.db, () => ORIGIN);
    const answer = await quiet.app.inject({
      method: "POST",
      url: "/join",
      payload: `name=Ned&email=ned-quiet%40example.com&program=${programId}`,
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    const page = await quiet.app.inject({ url: String(answer.headers.location) });
    expect(page.body).toContain("The program confirms your e-mail address later");
    expect(page.body).not.toContain("one-time-code");
    expect(await mailsTo("ned-quiet@example.com", "verify_email")).toEqual([]);
    await quiet.close();
  });
});

describe("signing in by mail", () => {
  it("lets somebody in who joined with cookies refused: by the code, and proves their address", async () => {
    const { email, id } = await joined();
    const asked = await api("/v1/session/mail", { email });
    expect(asked.statusCode).toBe(202);
    expect(asked.json()).toEqual({ minutes: 15 });
    const { code } = await awaitedMail(email, "sign_in_link");
    const opened = await api("/v1/session/code", { email, code });
    expect(opened.statusCode).toBe(201);
    expect(opened.json()).toMatchObject({ participations: [{ participant_id: id }] });
    expect(opened.cookies.some(({ name, httpOnly }) => name === "referralhub_session" && httpOnly)).toBe(
      true,
    );
    expect(await isVerified(id)).toBe(true);
    // Once.
    expect((await api("/v1/session/code", { email, code })).statusCode).toBe(401);
  });

  it("lets somebody in by the link, on a button and once", async () => {
    const { email } = await joined();
    await api("/v1/session/mail", { email });
    const { link } = await awaitedMail(email, "sign_in_link");
    expect((await get(pathOf(link))).cookies).toEqual([]);
    const foreign = await post(pathOf(link), {}, { origin: "http://evil.example" });
    expect(foreign.statusCode).toBe(410);
    const opened = await post(pathOf(link), {});
    expect(opened.statusCode).toBe(303);
    expect(opened.headers.location).toBe("/app/");
    expect(opened.cookies.map(({ name }) => name)).toContain("referralhub_session");
    expect((await post(pathOf(link), {})).statusCode).toBe(410);
  });

  it("answers an address nobody has as any other, and sends nothing", async () => {
    const { email } = await joined();
    const [known, unknown] = [
      await api("/v1/session/mail", { email }),
      await api("/v1/session/mail", { email: "nobody@example.com" }),
    ];
    expect([unknown.statusCode, unknown.body]).toEqual([known.statusCode, known.body]);
    await awaitedMail(email, "sign_in_link");
    expect(await mailsTo("nobody@example.com", "sign_in_link")).toEqual([]);
    const wrong = await api("/v1/session/code", { email: "nobody@example.com", code: "123456" });
    expect(wrong.statusCode).toBe(401);
    expect(wrong.json()["code"]).toBe("wrong_code");
  });

  it("takes no more than five wrong codes", async () => {
    const { email } = await joined();
    await api("/v1/session/mail", { email });
    const { code } = await awaitedMail(email, "sign_in_link");
    const wrong = code === "000 000" ? "111111" : "000000";
    for (let attempt = 0; attempt < 5; attempt++)
      expect((await api("/v1/session/code", { email, code: wrong })).statusCode).toBe(401);
    expect((await api("/v1/session/code", { email, code })).statusCode).toBe(401);
  });

  it("takes what others set up on an address from them when its owner comes", async () => {
    const { email } = await joined();
    const squatter = await post("/join", { name: "Squatter", email: `s-${email}`, program: programId });
    const cookie = squatter.cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
    expect((await server.app.inject({ url: "/v1/session", headers: { cookie } })).statusCode).toBe(200);
    await api("/v1/session/mail", { email: `s-${email}` });
    const { code } = await awaitedMail(`s-${email}`, "sign_in_link");
    expect((await api("/v1/session/code", { email: `s-${email}`, code })).statusCode).toBe(201);
    expect((await server.app.inject({ url: "/v1/session", headers: { cookie } })).statusCode).toBe(401);
  });

  it("says where no mails are sent that the program can help", async () => {
    const quiet = await startWelcomeServer(database.db, () => ORIGIN);
    const refused = await quiet.app.inject({
      method: "POST",
      url: "/v1/session/mail",
      payload: { email: "a@b.example" },
    });
    expect(refused.json()).toMatchObject({ code: "mail_not_configured" });
    expect((await quiet.app.inject({ url: "/v1/setup" })).json()).toMatchObject({ mail: false });
    await quiet.close();
  });
});

describe("a link to sign in that the program hands over", () => {
  const linkFor = async (id: string) =>
    (await database.db.write(programId, (tx) => createSignInLink(tx, programId, id, CAUSE))).token;

  it("opens the account once, where it is nothing but this participant", async () => {
    const { id } = await joined();
    const token = await linkFor(id);
    const opened = await post(`/sign-in/${token}`, {});
    expect(opened.statusCode).toBe(303);
    expect(opened.cookies.find(({ name }) => name === "referralhub_session")?.value).toBeTruthy();
    expect((await post(`/sign-in/${token}`, {})).statusCode).toBe(410);
  });

  it("opens one screen for an hour where the account is more, or there is none", async () => {
    const { email, id } = await joined();
    await database.db.writeDirectory((tx) =>
      createOwner(
        tx,
        { email, name: "Mira", passwordHash: "x" },
        { actor: { kind: "system" }, requestId: null },
      ),
    );
    const enrolled = await server.enroll(programId, "Through the API");
    for (const participant of [id, enrolled.id]) {
      const opened = await post(`/sign-in/${await linkFor(participant)}`, {});
      expect(opened.cookies.map(({ name }) => name)).toEqual(["referralhub_embed"]);
      const cookie = opened.cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
      const session = (await server.app.inject({ url: "/v1/session", headers: { cookie } })).json();
      expect(session).toMatchObject({
        user: null,
        memberships: [],
        participations: [{ participant_id: participant }],
      });
    }
  });

  it("ends after a quarter of an hour", async () => {
    const { id } = await joined();
    const token = await linkFor(id);
    await database.db.writeDirectory((tx) =>
      tx.run(sql`delete from sign_in_links where expires_at < now() + interval '14 minutes'`),
    );
    const rows = await database.db.readDirectory((reader) =>
      reader.many<{ left: number }>(sql`
        select extract(epoch from expires_at - now())::int as left from sign_in_links`),
    );
    for (const { left } of rows) expect(left).toBeLessThanOrEqual(900);
    expect((await post(`/sign-in/${token}x`, {})).statusCode).toBe(410);
  });
});
