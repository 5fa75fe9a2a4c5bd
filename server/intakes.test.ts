import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import pg from "pg";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { useDatabase } from "../tests/support/database.ts";
import { createWorld, type Person, type World } from "../tests/support/world.ts";
import { createIntakes } from "./intakes.ts";
import type { Tx } from "./platform/database.ts";
import type { BatchAnswer, KeyedRequest } from "./platform/idempotency.ts";
import { emailHash } from "./primitives/email.ts";
import { Refusal } from "./primitives/refusal.ts";
import { attributeSignupRequests, type SignupRequest } from "./referrals/attribute-signup-requests.ts";
import { findSettleGround } from "./rewards/find-settle-ground.ts";
import { reverseRewards } from "./rewards/reverse-rewards.ts";
import { type SettleRequest, settleRequests } from "./rewards/settle-requests.ts";

const database = useDatabase();
const nothing = () => {};
const log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const bus = { publish: nothing, subscribe: () => nothing, close: async () => {} };
const cause = { actor: { kind: "system" }, requestId: "req_of_a_test" } as const;
const STUCK_MS = 150;
const PUBLIC_URL = "http://refer.example";

let world: World;
let advocate: Person;
let buyer: Person;

beforeAll(async () => {
  world = await createWorld(database.db);
  advocate = await world.join("Anna");
  buyer = await world.join("Bob", { under: advocate });
});

const intakes = () =>
  createIntakes({ db: world.db, bus, log, plans: world.plans, publicUrl: () => PUBLIC_URL });

function purchase(externalId: string, idempotency: KeyedRequest | null = null): SettleRequest {
  const report = {
    ...{ kind: "purchase", externalId, participant: buyer.id, fingerprint: "a purchase" },
    ...{ amount: { minor: 200_000n, currency: "INR" }, profit: null },
    ...{ occurredAt: null, product: null, metadata: null },
  };
  return { report, idempotency, ...cause };
}

function signup(email: string, fields: { externalId?: string; under?: Person } = {}): SignupRequest {
  const { externalId = null, under } = fields;
  const referral = under
    ? {
        code: under.link.code,
        clickId: null,
        invitationToken: null,
        visitorId: null,
        carried: [],
        channel: null,
        isRequired: false,
      }
    : null;
  const person = {
    name: "Somebody",
    email,
    emailHash: emailHash(email, "key"),
    country: null,
    segment: null,
    language: null,
  };
  return {
    ...{
      signup: {
        ...person,
        externalId,
        isEmailUnique: externalId === null,
        isNameShown: false,
        hasMarketingConsent: false,
        referral,
      },
    },
    ...{ idempotency: null, ...cause },
  };
}

/** Two instances at once: the second has looked, and waits for the first to commit. */
async function race<T>(first: (tx: Tx) => Promise<unknown>, second: () => Promise<T>): Promise<T> {
  let commit = nothing;
  const mayCommit = new Promise<void>((resolve) => {
    commit = resolve;
  });
  let tellWritten = nothing;
  const written = new Promise<void>((resolve) => {
    tellWritten = resolve;
  });
  const one = world.write(async (tx) => {
    await first(tx);
    // What the first has left to travel with its commit is written now.
    await tx.run(sql`select`);
    tellWritten();
    await mayCommit;
  });
  await written;
  const [answer] = await Promise.all([second(), sleep(STUCK_MS).then(commit), one]);
  return answer;
}

const settle = async (tx: Tx, requests: SettleRequest[]) =>
  settleRequests(tx, requests, await findSettleGround(tx, requests, world.plans), world.plans);

const statusOf = (answer: BatchAnswer | Refusal) => (answer instanceof Refusal ? answer.code : answer.status);

describe("the same thing on two instances at once", () => {
  it("is one purchase, and both are told what it gave", async () => {
    const request = purchase("twice");
    const answer = await race(
      (tx) => settle(tx, [request]),
      () => intakes().conversions.submit(world.programId, request),
    );
    expect(answer).toMatchObject({ status: 200, body: { status: "settled" } });
  });

  it("is one purchase by its key: another one with the same key is refused", async () => {
    const keyed = (externalId: string) => purchase(externalId, { key: "key", fingerprint: externalId });
    const answer = await race(
      (tx) => settle(tx, [keyed("keyed")]),
      () => intakes().conversions.submit(world.programId, keyed("another")),
    );
    expect(statusOf(answer)).toBe("idempotency_key_reused");
  });

  it("is one participant by their external id", async () => {
    const request = signup("chen@friends.example", { externalId: "user-1" });
    const answer = await race(
      (tx) => attributeSignupRequests(tx, [request], PUBLIC_URL),
      () => intakes().signups.submit(world.programId, request),
    );
    expect(statusOf(answer)).toBe(200);
  });

  it("is one participant by their address, whoever brought them", async () => {
    const answer = await race(
      (tx) => attributeSignupRequests(tx, [signup("dora@friends.example", { under: advocate })], PUBLIC_URL),
      () => intakes().signups.submit(world.programId, signup("Dora+new@friends.example", { under: buyer })),
    );
    expect(statusOf(answer)).toBe("email_taken");
  });

  it("is one refund by its external id, also of two purchases", async () => {
    const refundOf = async () => {
      const { conversion } = await world.buy(buyer, 200_000);
      const amount = { minor: 100n, currency: "INR" };
      return {
        kind: "refund" as const,
        conversion: conversion.id,
        externalId: "refund",
        amount,
        fingerprint: conversion.id,
      };
    };
    const one = await refundOf();
    const other = await refundOf();
    const second = race(
      (tx) => reverseRewards(tx, one),
      () => world.write((tx) => reverseRewards(tx, other)),
    );
    await expect(second).rejects.toMatchObject({ code: "external_id_reused" });
  });
});

describe("one batch", () => {
  it("of new purchases takes two exchanges with the database, whatever their number", async () => {
    const { conversions } = intakes();
    const submit = (names: string[]) =>
      Promise.all(names.map((name) => conversions.submit(world.programId, purchase(name))));
    // Accounts are opened and statements described by the first.
    await submit(["the first"]);
    const sent = vi.spyOn(pg.Client.prototype, "query");
    expect((await submit(["alone"])).map(statusOf)).toEqual([201]);
    expect(sent).toHaveBeenCalledTimes(2);
    sent.mockClear();
    expect((await submit(["with", "some", "others"])).map(statusOf)).toEqual([201, 201, 201]);
    expect(sent).toHaveBeenCalledTimes(2);
    sent.mockRestore();
  });

  it("tells nobody what another content under the same key was refused for", async () => {
    const known = purchase("in a batch", { key: "batch", fingerprint: "known" });
    const unknown = {
      ...purchase("in a batch, too", { key: "batch", fingerprint: "unknown" }),
      report: { ...known.report, participant: "par_nobody" },
    };
    const answers = await world.write((tx) => settle(tx, [unknown, known]));
    expect(answers.map(statusOf)).toEqual(["participant_not_found", "idempotency_key_reused"]);
  });

  it("keeps no name and no address with the answer, and replays both", async () => {
    const request = {
      ...signup("canary@friends.example"),
      idempotency: { key: "join", fingerprint: "join" },
    };
    const [first] = await world.write((tx) => attributeSignupRequests(tx, [request], PUBLIC_URL));
    const stored = await world.read((reader) =>
      reader.many(sql`select * from idempotency_keys where key = 'join'`),
    );
    expect(stored).toHaveLength(1);
    expect(JSON.stringify(stored)).not.toMatch(/canary|Somebody/);
    const [again] = await world.write((tx) => attributeSignupRequests(tx, [request], PUBLIC_URL));
    expect(again).toEqual({ ...first, isReplay: true });
  });
});
