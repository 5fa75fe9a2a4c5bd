import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AccessServer, startAccessServer } from "../../tests/support/access-server.ts";
import { useDatabase } from "../../tests/support/database.ts";
import type { Scope } from "./actor.ts";
import { createApiKey } from "./create-api-key.ts";
import { createEmbedToken } from "./create-embed-token.ts";
import { disableApiKey } from "./disable-api-key.ts";
import { findActor } from "./find-actor.ts";
import { recordAudit } from "./record-audit.ts";

const database = useDatabase();
const PROGRAM = "prg_00000000000000000000000001";
const OTHER = "prg_00000000000000000000000002";
const SYSTEM = { actor: { kind: "system" as const }, requestId: null };
let one: AccessServer;
let two: AccessServer;

beforeAll(async () => {
  one = await start();
  two = await start();
  for (const id of [PROGRAM, OTHER])
    await database.db.writeDirectory((tx) =>
      tx.run(sql`insert into program_directory (program_id, name) values (${id}, ${id})`),
    );
});
afterAll(async () => {
  for (const server of opened) await server.close();
});

const opened: AccessServer[] = [];
async function start(options: Parameters<typeof startAccessServer>[1] = {}): Promise<AccessServer> {
  const started = await startAccessServer(database.db, options);
  opened.push(started);
  return started;
}

const createKey = (programId: string, scopes: Scope[] = ["read", "write"]) =>
  database.db.write(programId, (tx) =>
    createApiKey(tx, programId, { name: "Shop", scopes, livemode: true }, SYSTEM),
  );
const createToken = (seconds?: number) =>
  database.db.write(PROGRAM, (tx) => createEmbedToken(tx, PROGRAM, "par_1", SYSTEM, seconds));
const ADDRESS = "203.0.113.1";
const actorBehind = async (server: AccessServer, headers: Record<string, string>, address = ADDRESS) =>
  findActor(server.access, { method: "GET", url: "/v1/rewards", headers, query: {}, address });
const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });

describe("an API key", () => {
  it("speaks for its one program, with its scopes, on every instance", async () => {
    const { key, secret } = await createKey(PROGRAM, ["read"]);
    expect(secret).toMatch(/^rh_live_[0-9A-Za-z]{43}$/);
    for (const server of [one, two])
      expect(await actorBehind(server, bearer(secret))).toEqual({
        kind: "key",
        keyId: key.id,
        programId: PROGRAM,
        scopes: ["read"],
        livemode: true,
      });
  });

  it("is stored as a hash: its secret is in no table", async () => {
    const { key, secret } = await createKey(PROGRAM);
    const rows = await database.db.write(PROGRAM, (tx) =>
      tx.many<{ text: string }>(sql`
        select api_keys::text || api_key_secrets::text as text
          from api_keys join api_key_secrets on key_id = id
         where id = ${key.id}`),
    );
    expect(rows.length).toBe(1);
    expect(rows[0]?.text).not.toContain(secret.slice(8));
  });

  it("costs no query once it is known", async () => {
    const { secret } = await createKey(PROGRAM);
    await actorBehind(one, bearer(secret));
    const asking = { method: "GET", url: "/", headers: bearer(secret), query: {}, address: "203.0.113.1" };
    expect("then" in findActor(one.access, asking)).toBe(false);
  });

  it("is refused within a second of being deleted, on the other instance too", async () => {
    const { key, secret } = await createKey(PROGRAM);
    for (const server of [one, two]) await actorBehind(server, bearer(secret));
    await database.db.write(PROGRAM, (tx) => disableApiKey(tx, PROGRAM, key.id, SYSTEM));
    one.access.announce(`key:${key.id}`);
    const start = Date.now();
    for (const server of [one, two]) {
      while (await isAccepted(server, secret)) {
        expect(Date.now() - start).toBeLessThan(1_000);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  });

  it("is not remembered by a look-up that was under way when it was deleted", async () => {
    const { key, secret } = await createKey(PROGRAM);
    const lookUp = actorBehind(two, bearer(secret));
    await database.db.write(PROGRAM, (tx) => disableApiKey(tx, PROGRAM, key.id, SYSTEM));
    one.access.announce(`key:${key.id}`);
    await Promise.allSettled([lookUp]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await isAccepted(two, secret)).toBe(false);
  });

  it("cannot be ended by another program", async () => {
    const { key, secret } = await createKey(PROGRAM);
    await expect(database.db.write(OTHER, (tx) => disableApiKey(tx, OTHER, key.id, SYSTEM))).rejects.toThrow(
      "not_found",
    );
    expect(await isAccepted(one, secret)).toBe(true);
  });

  it("notes when it was last used", async () => {
    const { key, secret } = await createKey(PROGRAM);
    await actorBehind(one, bearer(secret));
    const used = () =>
      database.db.read(PROGRAM, (reader) =>
        reader.one<{ lastUsedAt: Date | null }>(sql`select last_used_at from api_keys where id = ${key.id}`),
      );
    while ((await used()).lastUsedAt === null) await new Promise((resolve) => setTimeout(resolve, 20));
  });

  it.each(["rh_live_short", `rh_live_${"a".repeat(43)}`, "", "Basic abc", `rh_emb_${"a".repeat(43)}`])(
    "is refused when it is %j",
    async (secret) => {
      await expect(actorBehind(one, bearer(secret))).rejects.toThrow("invalid_key");
    },
  );

  it("cannot be guessed at without end", async () => {
    const strict = await start({ rateLimitScale: 0.001 });
    const guesses = Array.from({ length: 8 }, (_, i) =>
      actorBehind(strict, bearer(`rh_live_${i}`), "203.0.113.2"),
    );
    const codes = (await Promise.allSettled(guesses)).map(
      (guess) => guess.status === "rejected" && guess.reason.code,
    );
    expect(codes.filter((code) => code === "rate_limited").length).toBe(2);
  });
});

describe("one program's keys", () => {
  it("cannot be read or written by another, even past the application's own checks", async () => {
    const { key } = await createKey(PROGRAM);
    const foreign = await database.db.write(OTHER, async (tx) => ({
      seen: (await tx.many(sql`select id from api_keys where program_id = ${PROGRAM}`)).length,
      all: (await tx.many<{ programId: string }>(sql`select program_id from api_keys`)).length,
      changed: await tx.run(sql`update api_keys set disabled_at = now() where id = ${key.id}`),
    }));
    expect(foreign).toEqual({ seen: 0, all: 0, changed: 0 });
    await expect(
      database.db.write(OTHER, (tx) =>
        tx.run(sql`insert into api_keys (program_id, id, name, scopes, livemode, hint)
                   values (${PROGRAM}, 'key_smuggled', 'x', array['read'], true, 'x')`),
      ),
    ).rejects.toThrow(/row-level security/);
  });
});

describe("an embed token", () => {
  it("shows its one participant, as a bearer and as a cookie", async () => {
    const { token, expiresAt } = await createToken();
    expect(expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(3_600_000);
    const participant = { kind: "participant", programId: PROGRAM, participantId: "par_1", userId: null };
    expect(await actorBehind(one, bearer(token))).toEqual(participant);
    const opened = await one.ask("GET", `/portal?token=${token}`);
    expect(opened.statusCode).toBe(302);
    expect(opened.headers.location).toBe("/app/home");
    expect(opened.headers["referrer-policy"]).toBe("no-referrer");
    expect(String(opened.headers["set-cookie"])).toMatch(/HttpOnly; SameSite=Lax/);
    const [cookie] = String(opened.headers["set-cookie"]).split(";") as [string];
    expect(await actorBehind(two, { cookie })).toEqual(participant);
    const session = await one.ask("GET", "/v1/session", { headers: { cookie } });
    expect(session.json()).toEqual({
      user: null,
      memberships: [],
      participations: [{ program_id: PROGRAM, program_name: PROGRAM, participant_id: "par_1" }],
    });
  });

  it("lasts an hour at most, whatever was asked for", async () => {
    const { expiresAt } = await createToken(86_400);
    expect(expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(3_600_000);
  });

  it("ends, also where it is remembered", async () => {
    let now = new Date();
    const late = await start({ clock: () => now });
    const { token } = await createToken(60);
    await actorBehind(late, bearer(token));
    now = new Date(now.getTime() + 61_000);
    await expect(actorBehind(late, bearer(token))).rejects.toThrow("invalid_key");
  });

  it("sends an unknown one to the sign-in page without a cookie", async () => {
    const answer = await one.ask("GET", `/portal?token=rh_emb_${"x".repeat(43)}`);
    expect(answer.headers.location).toBe("/app/sign-in?notice=link_expired");
    expect(answer.headers["set-cookie"]).toBeUndefined();
  });
});

describe("the audit log", () => {
  const entries = (count: number) =>
    Array.from({ length: count }, (_, i) => ({
      actor: { kind: "key" as const, keyId: "key_1", programId: OTHER, scopes: [], livemode: true },
      operation: "conversions.create" as const,
      subjectId: `cnv_${i}`,
      requestId: "req_1",
      changes: { amount: 2100, rules: ["level-share"] },
    }));

  it("takes five hundred entries in one statement and shows them page by page, newest first", async () => {
    await database.db.write(OTHER, (tx) => recordAudit(tx, entries(500)));
    const { secret } = await createKey(OTHER, ["read"]);
    const seen: string[] = [];
    let after = "";
    for (;;) {
      const page = await one.ask("GET", `/v1/audit_entries?limit=200${after}`, { headers: bearer(secret) });
      expect(page.statusCode).toBe(200);
      seen.push(...page.json().data.map((entry: { id: string }) => entry.id));
      if (!page.json().has_more) break;
      after = `&after=${page.json().next_cursor}`;
    }
    expect(seen.length).toBe(501);
    expect(new Set(seen).size).toBe(501);
    const first = await one.ask("GET", "/v1/audit_entries?limit=2", { headers: bearer(secret) });
    const next = await one.ask("GET", `/v1/audit_entries?limit=2&after=${first.json().next_cursor}`, {
      headers: bearer(secret),
    });
    const back = await one.ask("GET", `/v1/audit_entries?limit=2&before=${next.json().prev_cursor}`, {
      headers: bearer(secret),
    });
    expect(back.json().data).toEqual(first.json().data);
    expect(first.json().data[0]).toMatchObject({
      operation: "api_keys.create",
      actor: { kind: "system", id: null },
    });
    expect(first.json().data[1]).toMatchObject({
      operation: "conversions.create",
      actor: { kind: "key", id: "key_1" },
      changes: { amount: 2100, rules: ["level-share"] },
    });
  });

  it("refuses a cursor that it did not make", async () => {
    const { secret } = await createKey(OTHER, ["read"]);
    for (const cursor of [
      "x",
      "1-2",
      `99999999999999999999-aud_${"0".repeat(26)}`,
      `9999999999999999999-aud_${"0".repeat(26)}`,
    ]) {
      const answer = await one.ask("GET", `/v1/audit_entries?after=${cursor}`, { headers: bearer(secret) });
      expect(answer.json(), cursor).toMatchObject({ status: 400, code: "invalid_cursor" });
    }
  });

  it("can be appended to and nothing else", async () => {
    for (const statement of [
      sql`update audit_entries set actor_id = 'somebody else'`,
      sql`delete from audit_entries`,
      sql`truncate audit_entries`,
      sql`delete from directory_audit_entries`,
      sql`update directory_audit_entries set actor_id = null`,
    ])
      await expect(database.db.write(OTHER, (tx) => tx.run(statement))).rejects.toThrow(/permission denied/);
  });

  it("is one program's own", async () => {
    const seen = await database.db.read(PROGRAM, (reader) =>
      reader.many<{ programId: string }>(sql`select distinct program_id from audit_entries`),
    );
    expect(seen.map((row) => row.programId)).toEqual([PROGRAM]);
  });
});

async function isAccepted(server: AccessServer, secret: string): Promise<boolean> {
  try {
    await actorBehind(server, bearer(secret));
    return true;
  } catch {
    return false;
  }
}
