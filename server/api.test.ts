import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { useDatabase } from "../tests/support/database.ts";
import { createWorld, type World } from "../tests/support/world.ts";
import { createApiKey } from "./access/create-api-key.ts";
import { createOwner } from "./access/create-owner.ts";
import { openAccess } from "./access/open-access.ts";
import { type Api, createApi } from "./api.ts";
import { PostgresBus } from "./platform/bus.ts";
import type { Log } from "./platform/log.ts";
import { PasswordHasher } from "./platform/password-hasher.ts";
import { createReplay } from "./rewards/create-replay.ts";
import { launchPromotion } from "./rewards/launch-promotion.ts";
import { recordUnsettled } from "./rewards/record-unsettled.ts";
import { settleRecorded } from "./rewards/settle-recorded.ts";

const nothing = () => {};
const quiet: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const ORIGIN = "http://refer.example";
const SECRET = "a secret that only the tests know, 0123456789";
const PASSWORD = "correct horse battery";
const SYSTEM = { kind: "system" } as const;

type Parameter = { name: string; in: string; required?: boolean };

const database = useDatabase();
let world: World;
let api: Api;
let close: () => Promise<void>;
let clock = Date.now();
/** What stands for each parameter of a path. */
const params = new Map<string, string>();
const headers = { key: {} as Record<string, string>, owner: {} as Record<string, string> };

beforeAll(async () => {
  const { db } = database;
  world = await createWorld(db);
  const asha = await world.join("Asha");
  await world.visit(asha);
  const ben = await world.join("Ben", { under: asha });
  const sale = await world.buy(await world.join("Chen", { under: ben }), 250_000, { profit: 60_000 });
  const refund = await world.refund(sale, 50_000);
  await world.work();
  const bus = new PostgresBus(db, quiet);
  await bus.open();
  const access = openAccess({
    ...{ db, bus, log: quiet, publicUrl: ORIGIN, sessionSecret: SECRET },
    ...{ trustedProxies: 0, rateLimitScale: 100, clock: () => new Date(clock) },
  });
  api = await createApi({
    ...{ db, bus, log: quiet, access, plans: world.plans },
    ...{ hashingKey: SECRET, publicUrl: () => ORIGIN, smtpHost: null },
    hasMail: true,
  });
  close = async () => {
    await api.close();
    access.close();
    await bus.close();
  };
  await signIn();
  const [plan] = (await ask("GET", "/v1/plans", headers.key)).json().data;
  params.set("plan", plan.id);
  params.set("participant", asha.id);
  params.set("conversion", sale.conversion.id);
  params.set("link", asha.link.id);
  params.set("program_id", world.programId);
  params.set("month", new Date().toISOString().slice(0, 7));
  params.set("report", "funnel");
  params.set("refund", refund.id);
  params.set("replay", (await world.write((tx) => createReplay(tx, plan.id, { kind: "history" }))).id);
  const festival = {
    ...{ name: "Festival", starts_at: "2999-01-01T00:00:00", ends_at: "2999-02-01T00:00:00" },
    multiplier: "200",
  };
  params.set("promotion", (await world.write((tx) => launchPromotion(tx, festival))).id);
  params.set("currency", "INR");
  params.set("message", "invitation");
  params.set("language", "en");
  const wish = { message: "invitation", to: "me@friends.example" };
  params.set("mail", (await ask("POST", "/v1/mails/test", headers.owner, wish)).json().id);
  const invite = { participant: asha.id, people: [{ email: "meera@friends.example" }], send: false };
  params.set(
    "invitation",
    (await ask("POST", "/v1/invitations", headers.owner, invite)).json().data?.[0]?.id ?? "none",
  );
  params.set("referral", ben.id);
  const list = { participant: asha.id, name: "A list", text: "email\nmeera@friends.example" };
  params.set("batch", (await ask("POST", "/v1/invitation_batches", headers.owner, list)).json().id ?? "none");
  // A program that signs nothing has no key to show.
  await ask("PATCH", `/v1/programs/${world.programId}`, headers.owner, { signs_referrals: true });
  params.set("row", "1");
  params.set("color", "%230b6e4f");
  params.set("code", "23456789ab");
  await world.write((tx) =>
    tx.run(sql`
      insert into coupons (program_id, code, reward_id, participant_id, label, value)
      select program_id, '23456789ab', id, participant_id, 'A tenth off', '{"percent": "10"}' from rewards limit 1`),
  );
});
afterAll(() => close());

/** What a participant was told is theirs: nobody of the team reads it. */
const PERSONAL = new Set(["/v1/notifications", "/v1/notification_preferences"]);

describe("the whole API in one process", () => {
  test("no link can be called like the beginning of any other path, spelt as it may be", async () => {
    const lines = api.app.printRoutes({ commonPrefix: false }).split("\n");
    const roots = new Set(
      lines.flatMap((line) => /^(?: {4})?[├└]── \/?([\w-]+)(?![\w.-])/.exec(line)?.[1] ?? []),
    );
    expect([...roots]).toEqual(expect.arrayContaining(["v1", "app", "join", "docs", "portal", "r"]));
    for (const root of roots)
      for (const slug of [root, root.replaceAll("o", "0"), root.replaceAll("i", "1")]) {
        const answer = await ask("POST", "/v1/codes/validate", headers.key, { slug });
        expect([slug, answer.json().is_available]).toEqual([slug, false]);
      }
  });

  test("every reading operation of the document answers the owner, and a key where keys may", async () => {
    const { paths } = (await ask("GET", "/v1/openapi.json", {})).json();
    const reading = Object.entries<{ get?: { parameters?: Parameter[] } }>(paths).filter(
      ([path, { get }]) => get !== undefined && path !== "/v1/stream",
    );
    expect(reading.length).toBeGreaterThan(20);
    for (const [path, { get }] of reading) {
      const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => params.get(name) ?? `no-${name}`);
      const asked = (get?.parameters ?? []).filter((one) => one.in === "query" && one.required);
      const url = `${filled}?${asked.map(({ name }) => `${name}=${params.get(name)}`).join("&")}`;
      const owner = await ask("GET", url, headers.owner);
      if (PERSONAL.has(path)) {
        expect([url, owner.statusCode]).toEqual([url, 403]);
        continue;
      }
      expect([url, owner.statusCode, owner.statusCode === 200 ? "" : owner.body]).toEqual([url, 200, ""]);
      const key = await ask("GET", url, headers.key);
      expect([200, 401, 403], `${url} ${key.body}`).toContain(key.statusCode);
    }
  });

  test("an owner makes a program and changes it", async () => {
    const made = await ask("POST", "/v1/programs", headers.owner, { name: "Second", currency: "EUR" });
    expect(made.statusCode, made.body).toBe(201);
    const there = { ...headers.owner, "program-id": made.json().id };
    const changed = await ask("PATCH", `/v1/programs/${made.json().id}`, there, { name: "Renamed" });
    expect([changed.statusCode, changed.json().name]).toEqual([200, "Renamed"]);
  });

  test("a session that is used says so", async () => {
    const before = await lastUse();
    clock += 120_000;
    await ask("GET", "/v1/session", headers.owner);
    await vi.waitFor(async () => expect(await lastUse()).not.toEqual(before));
  });

  test("what could not be settled is settled later", async () => {
    const report = {
      ...{ kind: "purchase", externalId: "late", participant: params.get("participant") ?? "" },
      ...{ amount: { minor: 500_000n, currency: "INR" }, profit: null, occurredAt: null },
      ...{ product: null, metadata: null, fingerprint: "late" },
    };
    await world.write((tx) => recordUnsettled(tx, { report, actor: SYSTEM, requestId: "req" }));
    expect((await ask("GET", "/v1/conversions/ext:late", headers.key)).json().status).toBe("recorded");
    expect(await settleRecorded(database.db, world.programId, world.plans)).toBe(1);
    expect((await ask("GET", "/v1/conversions/ext:late", headers.key)).json().status).toBe("settled");
  });

  test("a stream goes on after the event it is told", async () => {
    const [, first] = (await ask("GET", "/v1/events", headers.key)).json().data.reverse();
    const cursor = await world.read((reader) =>
      reader.one<{ at: string }>(sql`
      select position || '-' || id as at from events where program_id = ${world.programId} and id = ${first.id}`),
    );
    const url = await api.app.listen({ host: "127.0.0.1", port: 0 });
    const stop = new AbortController();
    const answer = await fetch(`${url}/v1/stream`, {
      headers: { ...headers.key, "last-event-id": cursor.at },
      signal: stop.signal,
    });
    let text = "";
    for await (const chunk of answer.body ?? []) {
      text += new TextDecoder().decode(chunk);
      if (text.includes("event: conversion.refunded")) break;
    }
    stop.abort();
    expect(text).not.toContain(`"id":"${first.id}"`);
  });

  test("a stream ends with the key it was opened with", async () => {
    const cause = { actor: SYSTEM, requestId: null };
    const { programId } = world;
    const wish = { name: "For a while", scopes: ["read" as const], livemode: true };
    const { key, secret } = await database.db.write(programId, (tx) =>
      createApiKey(tx, programId, wish, cause),
    );
    const answer = await fetch(`${api.app.listeningOrigin}/v1/stream`, {
      headers: { authorization: `Bearer ${secret}` },
    });
    const ended = answer.text();
    const there = { ...headers.owner, origin: ORIGIN, "program-id": programId };
    const disabled = await api.app.inject({
      method: "DELETE",
      url: `/v1/api_keys/${key.id}`,
      headers: there,
    });
    expect(disabled.statusCode).toBe(204);
    await world.join("Nobody they hear of");
    expect(await ended).not.toContain("Nobody they hear of");
  });
});

function ask(method: "GET" | "POST" | "PATCH", url: string, given: Record<string, string>, body?: object) {
  return api.app.inject({
    method,
    url,
    headers: { origin: ORIGIN, ...given },
    ...(body ? { payload: body } : {}),
  });
}

async function signIn(): Promise<void> {
  const { db } = database;
  const owner = {
    email: "owner@example.com",
    name: "Owner",
    passwordHash: await new PasswordHasher().hash(PASSWORD),
  };
  const cause = { actor: SYSTEM, requestId: null };
  await db.writeDirectory((tx) => createOwner(tx, owner, cause));
  const wish = { name: "Test", scopes: ["read", "write"], livemode: true } as const;
  const { secret } = await world.write((tx) => createApiKey(tx, world.programId, wish, cause));
  headers.key = { authorization: `Bearer ${secret}` };
  const answer = await ask("POST", "/v1/session", {}, { email: owner.email, password: PASSWORD });
  const cookie = answer.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("; ");
  headers.owner = { cookie, "program-id": world.programId };
}

async function lastUse(): Promise<Date[]> {
  const rows = await database.db.readDirectory((reader) =>
    reader.many<{ updatedAt: Date }>(sql`select updated_at from auth.sessions`),
  );
  return rows.map(({ updatedAt }) => updatedAt);
}
