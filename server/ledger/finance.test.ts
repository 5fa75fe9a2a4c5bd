import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { openTestDoors, participantActor, readingKey } from "../../tests/support/doors.ts";
import { scansOf } from "../../tests/support/plan.ts";
import { createWorld, type Person, type World } from "../../tests/support/world.ts";
import type { BalanceAnswer, StatementAnswer } from "../participants/contract.ts";
import { participantRoutes } from "../participants/routes.ts";
import { type ExchangeRate, parseExchangeRate } from "../primitives/exchange.ts";
import { createExchangeRate } from "../programs/create-exchange-rate.ts";
import type { ProgramEntry, TrialBalanceAnswer } from "./contract.ts";
import { findProgramEntries } from "./find-program-entries.ts";
import { ledgerRoutes } from "./routes.ts";
import { trialBalanceOf } from "./trial-balance.ts";

const DAY_MS = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS);
const DOLLAR = {
  currency: "USD",
  rate: parseExchangeRate("83.25") as ExchangeRate,
  validFrom: "2020-01-01",
  source: "a test",
};

const database = useDatabase();
let world: World;
let doors: Awaited<ReturnType<typeof openTestDoors>>;
let owned: pg.Client;
let anna: Person;
let bob: Person;
/** Before the purchase that is reported thirty days late. */
let before: Date;

beforeAll(async () => {
  world = await createWorld(database.db, { joinedAt: daysAgo(90) });
  owned = new pg.Client(database.owner);
  await owned.connect();
  doors = await openTestDoors(database.db, [
    ...ledgerRoutes({ db: database.db }),
    ...participantRoutes({ db: database.db }),
  ]);
  anna = await world.join("Anna");
  bob = await world.join("Bob", { under: anna });
  await world.write((tx) => createExchangeRate(tx, DOLLAR));
  const early = await world.buy(bob, 200_000, { profit: 40_000, at: daysAgo(60) });
  await world.refund(early, 50_000);
  before = await world.moment();
  await world.buy(bob, 400_000, { profit: 100_000, at: daysAgo(30) });
  await world.buy(bob, 10_000, { profit: 1_000, currency: "USD" });
  await world.buy(bob, 300_000, { profit: 60_000 });
});
afterAll(async () => {
  await owned.end();
  await doors.close();
});

const get = async <Body>(path: string, actor = readingKey(world.programId)) => {
  const { status, body } = await doors.get(actor, path);
  return { status, body: body as Body };
};
const entries = async (query: string) =>
  (
    await get<{ data: ProgramEntry[]; next_cursor: string | null; prev_cursor: string | null }>(
      `/v1/entries?${query}`,
    )
  ).body;

describe("the trial balance", () => {
  it("has every account class, and in each currency as much debit as credit", async () => {
    const { body } = await get<TrialBalanceAnswer>("/v1/ledger/trial_balance");
    expect(body.is_balanced).toBe(true);
    const line = (purse: string, currency: string) =>
      body.accounts.find((one) => one.purse === purse && one.currency === currency);
    expect(line("available", "INR")).toEqual({
      purse: "available",
      currency: "INR",
      debit: 500,
      credit: 7_000,
      balance: 6_500,
    });
    expect(line("fx", "INR")).toMatchObject({ balance: -4_162 });
    expect(line("funding", "USD")).toMatchObject({ balance: -49 });
    expect(line("fx", "USD")).toMatchObject({ balance: 49 });
    for (const { currency } of body.totals)
      expect(
        body.accounts
          .filter((one) => one.currency === currency)
          .reduce((sum, { balance }) => sum + balance, 0),
      ).toBe(0);
  });

  it("travels in time: what had happened, and what was known", async () => {
    const at = async (query: string) => {
      const { body } = await get<TrialBalanceAnswer>(`/v1/ledger/trial_balance?${query}`);
      expect(body.is_balanced).toBe(true);
      return (
        body.accounts.find(({ purse, currency }) => purse === "available" && currency === "INR")?.balance ?? 0
      );
    };
    expect(await at(`at=${daysAgo(61).toISOString()}`)).toBe(0);
    expect(await at(`at=${daysAgo(45).toISOString()}`)).toBe(2_000);
    expect(await at(`at=${daysAgo(15).toISOString()}`)).toBe(7_000);
    expect(await at(`known_at=${before.toISOString()}`)).toBe(1_500);
  });

  it("is exact beyond 64 bits", () => {
    const huge = "99999999999999999999999999";
    const { totals } = trialBalanceOf([
      { currency: "INR", debitPurse: "funding", creditPurse: "available", total: huge },
      { currency: "INR", debitPurse: "available", creditPurse: "paid", total: huge },
    ]);
    expect(totals).toEqual([
      { currency: "INR", debitMinor: 2n * BigInt(huge), creditMinor: 2n * BigInt(huge), isBalanced: true },
    ]);
  });

  it("is closed to participants, and says what is wrong with a time", async () => {
    const denied = await get("/v1/ledger/trial_balance", participantActor(world.programId, anna.id));
    expect(denied.status).toBe(403);
    const wrong = await get("/v1/ledger/trial_balance?at=2026-02-31T00:00:00Z");
    expect(wrong).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: "/query/at", code: "invalid_time" }] },
    });
  });
});

describe("the entries of a program", () => {
  it("are both sides of every transfer, newest first, page by page in both directions", async () => {
    const all = (await entries("limit=200")).data;
    expect(all).toHaveLength(12);
    const byTransfer = Map.groupBy === undefined ? null : Map.groupBy(all, ({ transfer_id }) => transfer_id);
    for (const pair of byTransfer?.values() ?? []) expect(pair[0]?.amount).toBe(-(pair[1]?.amount ?? 0));
    const paged: ProgramEntry[] = [];
    let after: string | null = "";
    let previous: string | null = null;
    while (after !== null) {
      const page: Awaited<ReturnType<typeof entries>> = await entries(`limit=5${after && `&after=${after}`}`);
      paged.push(...page.data);
      after = page.next_cursor;
      previous = page.prev_cursor ?? previous;
    }
    expect(paged).toEqual(all);
    const back = await entries(`limit=5&before=${previous}`);
    expect(back.data).toEqual(all.slice(5, 10));
  });

  it("are found by person, purse, currency, reason, subject and time", async () => {
    const all = (await entries("limit=200")).data;
    const reversed = all.find(({ reason }) => reason === "reversed");
    const expectSame = async (query: string, is: (entry: ProgramEntry) => boolean) => {
      const found = (await entries(`limit=200&${query}`)).data;
      expect(found.length, query).toBeGreaterThan(0);
      expect(found, query).toEqual(all.filter(is));
    };
    await expectSame(`participant_id=${anna.id}`, (entry) => entry.participant_id === anna.id);
    await expectSame("purse=fx", ({ purse }) => purse === "fx");
    await expectSame("purse=pending", ({ purse }) => purse === "pending");
    await expectSame("currency=USD", ({ currency }) => currency === "USD");
    await expectSame("reason=granted", ({ reason }) => reason === "granted");
    await expectSame(
      `subject_id=${reversed?.subject_id}`,
      (entry) => entry.subject_id === reversed?.subject_id,
    );
    await expectSame(`from=${before.toISOString()}`, ({ recorded_at }) => new Date(recorded_at) >= before);
    await expectSame(`to=${before.toISOString()}`, ({ recorded_at }) => new Date(recorded_at) < before);
    await expectSame(
      `participant_id=${anna.id}&purse=available&reason=reversed`,
      (entry) => entry.id === `${reversed?.transfer_id}-debit`,
    );
    expect((await entries("participant_id=par_nobody")).data).toEqual([]);
    const mine = (await entries(`limit=200&participant_id=${anna.id}`)).data;
    const first = await entries(`limit=2&participant_id=${anna.id}`);
    const second = await entries(`limit=2&participant_id=${anna.id}&after=${first.next_cursor}`);
    expect([...first.data, ...second.data]).toEqual(mine.slice(0, 4));
    expect((await entries(`limit=2&participant_id=${anna.id}&before=${second.prev_cursor}`)).data).toEqual(
      first.data,
    );
  });
});

describe("a balance in the past", () => {
  const available = async (query: string) =>
    (await get<BalanceAnswer>(`/v1/participants/${anna.id}/balance?${query}`)).body.data[0]?.available ?? 0;

  it("tells what had happened from what was known", async () => {
    expect(await available("")).toBe(6_500);
    // Late-reported: it had happened thirty days ago, and nobody knew before now.
    expect(await available(`as_of=${daysAgo(29).toISOString()}`)).toBe(7_000);
    expect(await available(`as_of=${daysAgo(29).toISOString()}&known_at=${before.toISOString()}`)).toBe(
      2_000,
    );
    expect(await available(`known_at=${before.toISOString()}`)).toBe(1_500);
    expect(await available(`as_of=${daysAgo(90).toISOString()}`)).toBe(0);
  });

  it("is the same with checkpoints, and in a statement that was read back then", async () => {
    await world.work();
    const month = new Date().toISOString().slice(0, 7);
    const path = `/v1/participants/${anna.id}/statements/${month}`;
    const now = (await get<StatementAnswer>(path)).body;
    const then = (await get<StatementAnswer>(`${path}?known_at=${before.toISOString()}`)).body;
    expect(now.closing[0]).toMatchObject({ available: 6_500 });
    expect(then.closing[0]).toMatchObject({ available: 1_500, pending: 0 });
    expect(then.entries).toEqual(now.entries.slice(0, then.entries.length));
    const earlier = (await get<StatementAnswer>(`/v1/participants/${anna.id}/statements/2020-01`)).body;
    expect([earlier.opening, earlier.closing]).toEqual([[], []]);
  });
});

describe("a page of entries", () => {
  it("of somebody is found by their accounts, whatever else was booked", async () => {
    await owned.query(
      `insert into ledger_transfers (program_id, position, id, idempotency_key, debit_id, credit_id, amount_minor, currency,
                                     reason, subject_id, occurred_at, recorded_at)
       select $1, number, 'trf_' || lpad(number::text, 26, '0'), 'noise-' || number, 'acc_INR_funding_' || $1,
              'acc_INR_pending_par_' || number, 1, 'INR', 'granted', 'rwd_noise', now(), now()
         from generate_series(1, 20000) as number`,
      [world.programId],
    );
    await owned.query("analyze ledger_transfers");
    const filter = {
      ...{ ownerId: anna.id, subjectId: null, purse: null, currency: null },
      ...{ reason: null, from: null, to: null },
    };
    const page = { after: null, before: null, limit: 5 };
    const scans = await scansOf(world, (reader) => findProgramEntries(reader, filter, page, 0n));
    const read = scans.filter(({ table }) => table === "ledger_transfers");
    expect(read.reduce((sum, { rows }) => sum + rows, 0)).toBeLessThan(100);
  });
});
