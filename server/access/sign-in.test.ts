import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type AccessServer,
  cookiesOf,
  ORIGIN,
  startAccessServer,
} from "../../tests/support/access-server.ts";
import { useDatabase } from "../../tests/support/database.ts";
import { createOwner } from "./create-owner.ts";
import { createParticipantLogin } from "./create-participant-login.ts";
import { createSetupToken } from "./create-setup-token.ts";
import { openParticipantSession } from "./open-participant-session.ts";
import { openProgramAccess } from "./open-program-access.ts";

const database = useDatabase();
const PROGRAM = "prg_00000000000000000000000001";
const PASSWORD = "correct horse battery";
const SYSTEM = { actor: { kind: "system" as const }, requestId: null };
let server: AccessServer;

beforeAll(async () => {
  server = await start();
  await database.db.writeDirectory((tx) =>
    tx.run(sql`insert into program_directory (program_id) values (${PROGRAM})`),
  );
});
afterAll(async () => {
  for (const one of opened) await one.close();
});

const opened: AccessServer[] = [];
async function start(options: Parameters<typeof startAccessServer>[1] = {}): Promise<AccessServer> {
  const started = await startAccessServer(database.db, options);
  opened.push(started);
  return started;
}

const createToken = () => database.db.writeDirectory(createSetupToken);
const signIn = (email: string, password: string, headers = {}) =>
  server.ask("POST", "/v1/session", { payload: { email, password }, headers });
const setUp = (token: string, email = "olga@owners.example") =>
  server.ask("POST", "/v1/setup", { payload: { token, email, password: PASSWORD, name: "Olga Owner" } });

async function addOwner(email: string): Promise<string> {
  const passwordHash = await server.access.passwords.hash(PASSWORD);
  return database.db.writeDirectory((tx) =>
    createOwner(tx, { email, name: "Some Owner", passwordHash }, SYSTEM),
  );
}

describe("set-up", () => {
  it("makes the first owner once, with the printed token, and signs them in", async () => {
    expect((await server.ask("GET", "/v1/setup")).json()).toMatchObject({ needed: true });
    const [token, older] = [await createToken(), await createToken()];
    expect((await setUp("not the token")).json()).toMatchObject({ status: 403, code: "invalid_setup_token" });

    const answer = await setUp(token as string);
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toMatchObject({
      user: { email: "olga@owners.example", name: "Olga Owner", has_password: true },
      memberships: [{ program_id: PROGRAM, role: "owner" }],
    });
    const session = await server.ask("GET", "/v1/session", { headers: { cookie: cookiesOf(answer) } });
    expect(session.statusCode).toBe(200);

    expect((await server.ask("GET", "/v1/setup")).json()).toMatchObject({ needed: false });
    expect((await setUp(older as string)).json()).toMatchObject({ status: 409, code: "setup_complete" });
    expect(await createToken()).toBeNull();
  });

  it("keeps the token as a hash only", async () => {
    await database.db.writeDirectory((tx) => tx.run(sql`delete from installation_owners`));
    const token = await createToken();
    const rows = await database.db.readDirectory((reader) =>
      reader.many<{ tokenHash: string }>(sql`select token_hash from setup_tokens order by token_hash`),
    );
    expect(rows.length).toBe(1);
    expect(rows[0]?.tokenHash).not.toContain(token);
  });

  it("has one winner when two use their tokens at once", async () => {
    const tokens = [await createToken(), await createToken()] as string[];
    const answers = await Promise.all(tokens.map((token, i) => setUp(token, `racer${i}@owners.example`)));
    expect(answers.map((answer) => answer.statusCode).sort()).toEqual([201, 409]);
    const owners = await database.db.readDirectory((r) =>
      r.many(sql`select user_id from installation_owners limit 9`),
    );
    expect(owners.length).toBe(1);
  });
});

describe("signing in", () => {
  it("opens a session by e-mail in any case and password, and closes it", async () => {
    await addOwner("ada@owners.example");
    const answer = await signIn("Ada@Owners.Example", PASSWORD);
    expect(answer.statusCode).toBe(201);
    const cookie = cookiesOf(answer);
    expect((await server.ask("GET", "/v1/session", { headers: { cookie } })).json().user.email).toBe(
      "ada@owners.example",
    );
    expect((await server.ask("DELETE", "/v1/session", { headers: { cookie } })).statusCode).toBe(204);
    expect((await server.ask("GET", "/v1/session", { headers: { cookie } })).statusCode).toBe(401);
  });

  it("sets a cookie no script reads and no other site sends", async () => {
    await addOwner("cookie@owners.example");
    const plain = (await signIn("cookie@owners.example", PASSWORD)).headers["set-cookie"];
    expect(String(plain)).toMatch(/referralhub_session=[^;]+;.*Path=\/; HttpOnly; SameSite=Lax/i);
    const secure = await start({ publicUrl: "https://refer.example" });
    const answer = await secure.ask("POST", "/v1/session", {
      payload: { email: "cookie@owners.example", password: PASSWORD },
      headers: { origin: "https://refer.example" },
    });
    expect(String(answer.headers["set-cookie"])).toMatch(/__Host-referralhub_session=[^;]+;.*Secure/i);
    expect(String(answer.headers["set-cookie"])).not.toMatch(/Domain/i);
  });

  it("gives a stranger and a wrong password the same answer after the same work", async () => {
    await addOwner("known@owners.example");
    const timed = async (email: string) => {
      const start = performance.now();
      const answer = await signIn(email, "not the password");
      return { millis: performance.now() - start, answer };
    };
    const [known, unknown] = [[] as number[], [] as number[]];
    for (let i = 0; i < 15; i++) {
      const wrong = await timed("known@owners.example");
      const stranger = await timed(`stranger${i}@owners.example`);
      expect({ ...stranger.answer.json(), request_id: "" }).toEqual({
        ...wrong.answer.json(),
        request_id: "",
      });
      expect(stranger.answer.statusCode).toBe(401);
      known.push(wrong.millis);
      unknown.push(stranger.millis);
    }
    const median = (of: number[]) => of.sort((a, b) => a - b)[Math.floor(of.length / 2)] as number;
    expect(median(unknown) / median(known)).toBeGreaterThan(0.5);
    expect(median(unknown) / median(known)).toBeLessThan(2);
  });

  it("never gives the session a visitor brought along", async () => {
    await addOwner("fixed@owners.example");
    const before = cookiesOf(await signIn("fixed@owners.example", PASSWORD));
    const after = cookiesOf(await signIn("fixed@owners.example", PASSWORD, { cookie: before }));
    expect(after).not.toBe(before);
  });

  it("refuses a session somebody made up or changed", async () => {
    await addOwner("forged@owners.example");
    const cookie = cookiesOf(await signIn("forged@owners.example", PASSWORD));
    for (const forged of [
      cookie.replace(/=./, "=x"),
      `${cookie.slice(0, -6)}AAAAAA`,
      "referralhub_session=a.b",
    ])
      expect((await server.ask("GET", "/v1/session", { headers: { cookie: forged } })).statusCode).toBe(401);
  });

  it("stops guesses at one account, wherever they come from, and leaves others alone", async () => {
    const strict = await start({ rateLimitScale: 1, trustedProxies: 1 });
    await addOwner("target@owners.example");
    await addOwner("bystander@owners.example");
    const guess = (email: string, password: string, i: number) =>
      strict.ask("POST", "/v1/session", {
        payload: { email, password },
        headers: { "x-forwarded-for": `198.51.100.${i}` },
      });
    for (let i = 0; i < 10; i++)
      expect((await guess("target@owners.example", "guess", i)).statusCode).toBe(401);
    const refused = await guess("TARGET@owners.example", PASSWORD, 11);
    expect(refused.json()).toMatchObject({ status: 429, code: "rate_limited" });
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(200);
    expect((await guess("bystander@owners.example", PASSWORD, 12)).statusCode).toBe(201);
  });

  it("stops guesses from one address that claims to be many, and never one who knows the password", async () => {
    const strict = await start({ rateLimitScale: 1 });
    await addOwner("regular@owners.example");
    const attempt = (email: string, password: string, i: number) =>
      strict.ask("POST", "/v1/session", {
        remoteAddress: "203.0.113.50",
        payload: { email, password },
        headers: { "x-forwarded-for": `198.51.100.${i}`, "x-real-ip": `198.51.100.${i}` },
      });
    for (let i = 0; i < 12; i++)
      expect((await attempt("regular@owners.example", PASSWORD, i)).statusCode).toBe(201);
    const statuses: number[] = [];
    for (let i = 0; i < 12; i++)
      statuses.push((await attempt(`nobody${i}@owners.example`, "guess", i)).statusCode);
    expect(statuses).toEqual([...Array(10).fill(401), 429, 429]);
  });
});

describe("a new password", () => {
  it("needs the current one and ends every other session, on the other instance too", async () => {
    await addOwner("changing@owners.example");
    const other = await start();
    const here = cookiesOf(await signIn("changing@owners.example", PASSWORD));
    const elsewhere = cookiesOf(await signIn("changing@owners.example", PASSWORD));
    expect((await other.ask("GET", "/v1/session", { headers: { cookie: elsewhere } })).statusCode).toBe(200);
    const put = (payload: object) =>
      server.ask("PUT", "/v1/session/password", { payload, headers: { cookie: here } });
    expect((await put({ password: "another password" })).json().code).toBe("current_password_required");
    expect((await put({ password: "another password", current_password: "wrong" })).json().code).toBe(
      "wrong_password",
    );
    const changed = await put({ password: "another password", current_password: PASSWORD });
    expect(changed.statusCode).toBe(204);
    await eventually(
      async () =>
        (await other.ask("GET", "/v1/session", { headers: { cookie: elsewhere } })).statusCode === 401,
    );
    expect((await server.ask("GET", "/v1/session", { headers: { cookie: here } })).statusCode).toBe(401);
    expect(
      (await server.ask("GET", "/v1/session", { headers: { cookie: cookiesOf(changed) } })).statusCode,
    ).toBe(200);
    expect((await signIn("changing@owners.example", PASSWORD)).statusCode).toBe(401);
    expect((await signIn("changing@owners.example", "another password")).statusCode).toBe(201);
  });
});

describe("a participant's login", () => {
  const enroll = (email: string, participantId: string) =>
    database.db.write(PROGRAM, (tx) =>
      createParticipantLogin(tx, PROGRAM, { participantId, email, name: "Priya" }),
    );

  it("begins without a password, sees its one program, and may set a password later", async () => {
    const login = await enroll("Priya@friends.example", "par_priya");
    if (login.kind !== "created") throw new Error("expected a login");
    const setCookies = await openParticipantSession(server.access, login.userId);
    const cookie = setCookies.map((line) => line.split(";")[0]).join("; ");
    const session = await server.ask("GET", "/v1/session", { headers: { cookie } });
    expect(session.json()).toMatchObject({
      user: { email: "priya@friends.example", has_password: false },
      memberships: [],
      participations: [{ program_id: PROGRAM, participant_id: "par_priya" }],
    });
    expect((await signIn("priya@friends.example", "")).statusCode).toBe(400);
    expect((await signIn("priya@friends.example", "anything")).statusCode).toBe(401);
    const payload = { password: "a first password" };
    expect(
      (await server.ask("PUT", "/v1/session/password", { payload, headers: { cookie } })).statusCode,
    ).toBe(204);
    expect((await signIn("priya@friends.example", "a first password")).statusCode).toBe(201);
  });

  it("is not made for an address that belongs to a user", async () => {
    await addOwner("taken@owners.example");
    expect(await enroll("Taken@owners.example", "par_thief")).toEqual({ kind: "email_taken" });
  });

  it("is one login for two programs when its user joins the second signed in", async () => {
    const first = await enroll("both@friends.example", "par_both_1");
    if (first.kind !== "created") throw new Error("expected a login");
    const SECOND = "prg_00000000000000000000000003";
    const join = (email: string) =>
      database.db.write(SECOND, (tx) =>
        createParticipantLogin(tx, SECOND, {
          participantId: "par_both_2",
          email,
          name: "Both",
          signedInAs: first.userId,
        }),
      );
    await addOwner("somebody@else.example");
    expect(await join("somebody@else.example")).toEqual({ kind: "email_taken" });
    expect(await join("Both@friends.example")).toEqual({ kind: "created", userId: first.userId });
  });

  it("lists no other program's people as its team", async () => {
    const login = await enroll("curious@friends.example", "par_curious");
    if (login.kind !== "created") throw new Error("expected a login");
    const setCookies = await openParticipantSession(server.access, login.userId);
    const cookie = setCookies.map((line) => line.split(";")[0]).join("; ");
    for (const url of ["/v1/members", "/v1/api_keys", "/v1/audit_entries"])
      expect((await server.ask("GET", url, { headers: { cookie } })).statusCode).toBe(403);
  });
});

describe("requests with a cookie from another site", () => {
  it("are refused when they would change something, in every disguise", async () => {
    await addOwner("victim@owners.example");
    const cookie = cookiesOf(await signIn("victim@owners.example", PASSWORD));
    const json = { "content-type": "application/json" };
    const disguises: [string, Record<string, string>][] = [
      ["foreign origin", { ...json, origin: "https://evil.example" }],
      ["cross-site fetch", { ...json, origin: ORIGIN, "sec-fetch-site": "cross-site" }],
      ["form", { "content-type": "application/x-www-form-urlencoded", origin: ORIGIN }],
      ["text", { "content-type": "text/plain", origin: ORIGIN }],
      ["neither origin nor fetch metadata", json],
    ];
    for (const [name, headers] of disguises) {
      for (const [method, url] of [
        ["PUT", "/v1/session/password"],
        ["DELETE", "/v1/session"],
        ["POST", "/v1/api_keys"],
      ] as const) {
        const answer = await server.app.inject({
          method,
          url,
          payload: "{}",
          headers: { cookie, ...headers },
        });
        expect(answer.json(), `${name}: ${method} ${url}`).toMatchObject({
          status: 403,
          code: "cross_site_request",
        });
      }
    }
    expect((await server.ask("GET", "/v1/session", { headers: { cookie } })).statusCode).toBe(200);
  });
});

describe("a program that was just created", () => {
  it("belongs at once to whoever is signed in as its owner", async () => {
    const userId = await addOwner("creator@owners.example");
    const cookie = cookiesOf(await signIn("creator@owners.example", PASSWORD));
    const NEW = "prg_00000000000000000000000002";
    const list = () => server.ask("GET", "/v1/members", { headers: { cookie, "program-id": NEW } });
    expect((await list()).statusCode).toBe(404);
    await database.db.write(NEW, async (tx) => {
      await tx.run(sql`insert into program_directory (program_id) values (${NEW})`);
      await openProgramAccess(tx, NEW, "Spring", { kind: "system" });
    });
    await eventually(async () => (await list()).statusCode === 200);
    expect((await list()).json().data.map((member: { user_id: string }) => member.user_id)).toContain(userId);
    const session = await server.ask("GET", "/v1/session", { headers: { cookie } });
    expect(session.json().memberships).toContainEqual({
      program_id: NEW,
      program_name: "Spring",
      role: "owner",
    });
  });
});

const WAIT_MS_MAX = 3_000;

async function eventually(isTrue: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + WAIT_MS_MAX;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error("it did not become true in time");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
