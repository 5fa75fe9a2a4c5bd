import { hash } from "node:crypto";
import { sql } from "kysely";
import pg from "pg";
import { beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { createWorld, type Person, type World } from "../../tests/support/world.ts";
import type { ConversionReport } from "../conversions/conversion.ts";
import { recordSignIn } from "../participants/record-sign-in.ts";
import { atMoment } from "../platform/at-moment.ts";
import type { Database, Tx } from "../platform/database.ts";
import { type ExchangeRate, parseExchangeRate } from "../primitives/exchange.ts";
import { createExchangeRate } from "../programs/create-exchange-rate.ts";
import type { ProgramId } from "../programs/program.ts";
import { setProgram } from "../programs/set-program.ts";
import { reinstateParticipant } from "../referrals/reinstate-participant.ts";
import { suspendParticipant } from "../referrals/suspend-participant.ts";
import { cancelOldDebts } from "../rewards/cancel-old-debts.ts";
import { createPlanCache } from "../rewards/create-plan-cache.ts";
import { expireDueRewards } from "../rewards/expire-due-rewards.ts";
import { findSettlementFacts } from "../rewards/find-settlement-facts.ts";
import { launchPromotion } from "../rewards/launch-promotion.ts";
import { reassignReferral } from "../rewards/reassign-referral.ts";
import { recordUnsettled } from "../rewards/record-unsettled.ts";
import { redeemCoupon } from "../rewards/redeem-coupon.ts";
import { redeemRewards } from "../rewards/redeem-rewards.ts";
import { releaseHeldRewards } from "../rewards/release-held-rewards.ts";
import { reverseChargeback } from "../rewards/reverse-chargeback.ts";
import { reverseRedemption } from "../rewards/reverse-redemption.ts";
import { reverseRewards } from "../rewards/reverse-rewards.ts";
import { setPromotionEnd } from "../rewards/set-promotion-end.ts";
import { settleConversions } from "../rewards/settle-conversions.ts";
import { settleOvertakenRefunds } from "../rewards/settle-overtaken-refunds.ts";
import { settleRecorded } from "../rewards/settle-recorded.ts";
import { verifyHistory } from "../rewards/verify-history.ts";
import { exportLog } from "./export-log.ts";
import { findLedgerDigest } from "./find-ledger-digest.ts";
import { LogProblem } from "./logged-fact.ts";
import { replayLog } from "./replay-log.ts";

const origin = useDatabase();
const DAY_MS = 86_400_000;
const inr = (amount: number) => ({ amount, currency: "INR" });

/** Everything the language of plans knows, at once. */
const PLAN = {
  name: "All of it",
  currency: "INR",
  direct_limit: 20,
  overflow: "reject",
  inactive_upline: "hold",
  activity: { within_days: 30, by: ["purchase", "sign_in"] },
  hold_days: 14,
  attribution_window_days: 30,
  composition: "all",
  rules: [
    {
      id: "share",
      rule: "percent_of_profit",
      on: "purchase",
      levels: [
        { level: 1, rate: "5" },
        { level: 2, rate: "1" },
      ],
    },
    { id: "points", rule: "points", on: "purchase", levels: [{ level: 1, points: 10 }] },
    { id: "tenth", rule: "milestone_bonus", on: "qualified", every: 2, pays: inr(5_000) },
    {
      ...{
        id: "coupon",
        rule: "coupon",
        on: "purchase",
        levels: [{ level: 0 }],
        label: "Thanks",
        expires_days: 3_000,
      },
      ...{ value: { percent: "10" }, when: { nth: { to: 1 } } },
    },
  ],
  tiers: [{ id: "gold", name: "Gold", at_least: { qualified: 2 }, multiplier: "120" }],
  caps: [{ id: "monthly", scope: "participant", period: "month", amount: inr(60_000), rules: ["share"] }],
  expires_days: { points: 30 },
  on_refund: { caps: "give_back", milestones: "take_back" },
};

/** Everything a log can tell of, and everything that moves money. */
const KINDS = [
  ...[
    "chargeback_reversal",
    "conversion",
    "coupon_use",
    "expiry",
    "participant",
    "plan",
    "program",
    "promotion",
  ],
  ...[
    "promotion_end",
    "rate",
    "reassignment",
    "redemption",
    "redemption_reversal",
    "referral",
    "refund",
    "release",
    "resume",
  ],
  ...["status", "visit", "waiting_refunds", "write_off"],
];
const REASONS = [
  ...[
    "exchanged",
    "expired",
    "granted",
    "redeemed",
    "redemption_reversed",
    "released",
    "restored",
    "reversed",
  ],
  "written_off",
];

/** A world whose clock is told. */
class Travel {
  now = new Date("2026-03-01T10:00:00Z");
  world!: World;

  later(days: number): void {
    this.now = new Date(this.now.getTime() + days * DAY_MS);
  }

  on(db: Database): Database {
    const at = (tx: Tx): Tx => atMoment(tx, this.now);
    return {
      newId: db.newId,
      read: db.read.bind(db),
      readDirectory: db.readDirectory.bind(db),
      horizon: db.horizon.bind(db),
      horizonAndRest: db.horizonAndRest.bind(db),
      write: (id: string, fn: (tx: Tx) => unknown) => db.write(id, async (tx) => fn(at(tx))),
      writeSeeing: (id: string, look: never, fn: (tx: Tx, seen: unknown) => unknown) =>
        db.writeSeeing(id, look, async (tx, seen) => fn(at(tx), seen)),
    } as unknown as Database;
  }
}

async function live(db: Database): Promise<ProgramId> {
  const time = new Travel();
  const world = await createWorld(time.on(db), { template: null, timeZone: "Asia/Kolkata" });
  await world.write((tx) => setProgram(tx, { defaultMarginPpm: 400_000n, debtWriteOffDays: 5 }));
  await world.publish(PLAN);
  const rate = {
    currency: "USD",
    rate: parseExchangeRate("83.25") as ExchangeRate,
    validFrom: "2026-01-01",
    source: "ECB",
  };
  await world.write((tx) => createExchangeRate(tx, rate));
  const anna = await world.join("Anna");
  const ben = await world.join("Ben", { under: anna });
  const friends: Person[] = [];
  for (let i = 0; i < 4; i++) friends.push(await world.join(`Friend ${i}`, { under: ben, country: "IN" }));
  const [cara, dev, eve, fay] = friends as [Person, Person, Person, Person];
  await world.write((tx) => recordSignIn(tx, ben.id));

  const promotion = await world.write((tx) =>
    launchPromotion(tx, {
      name: "Double",
      starts_at: "2026-03-02T00:00:00",
      ends_at: "2026-04-02T00:00:00",
      multiplier: "200",
      budget: inr(90_000),
    }),
  );
  time.later(1);
  const first = await world.buy(cara, 400_000);
  const gone = await world.buy(dev, 300_000, { profit: 111_111 });
  const foreign = await world.buy(eve, 120_000, { currency: "USD", profit: 33_333 });
  await world.buy(cara, 90_000);
  time.later(0.01);
  await world.write((tx) => setPromotionEnd(tx, promotion.id));
  // Anna has never signed in: her share is held until she does.
  time.later(1);
  await world.buy(fay, 250_000, { profit: 200_000 });
  await world.write((tx) => recordSignIn(tx, anna.id));
  await world.write((tx) => releaseHeldRewards(tx, [anna.id]));

  await early(world, eve);
  time.later(1);
  await late(world, dev);
  await world.refund(foreign, 7_777, "USD");
  time.later(0.01);
  await world.write((tx) => suspendParticipant(tx, ben.id, "Looked into."));
  await world.buy(dev, 50_000);
  time.later(0.01);
  await settleRecorded(world.db, world.programId, world.plans);
  await world.write((tx) => reinstateParticipant(tx, ben.id));
  await world.write((tx) => releaseHeldRewards(tx, [ben.id]));

  // Somebody else had brought Eve, and Hana, who came alone.
  const gus = await world.join("Gus", { under: anna });
  const hana = await world.join("Hana");
  await world.buy(hana, 210_000);
  time.later(0.01);
  for (const friend of [eve, hana]) await reassign(world, friend, gus);
  time.later(0.01);
  await world.buy(eve, 60_000);
  await reassign(world, eve, anna);

  time.later(20);
  await world.release();
  await world.refund(first, 100_000);
  const chargeback = await world.write((tx) =>
    reverseRewards(tx, {
      kind: "chargeback",
      conversion: first.conversion.id,
      externalId: "bank-1",
      amount: { minor: 300_000n, currency: "INR" },
    }),
  );
  time.later(1);
  await world.write((tx) => reverseChargeback(tx, chargeback.refund.id));
  await use(world, ben, cara);
  // Points that were used already are owed.
  await world.refund(gone);
  time.later(10);
  await world.write((tx) => cancelOldDebts(tx, ""));
  await world.write((tx) => recordSignIn(tx, ben.id));
  await world.buy(fay, 40_000);
  time.later(20);
  await world.release();
  time.later(40);
  while ((await world.write(expireDueRewards)) > 0);
  await world.refund(foreign, 112_223, "USD");
  return world.programId as ProgramId;
}

const reassign = (world: World, friend: Person, to: Person) =>
  world.write((tx) =>
    reassignReferral(
      tx,
      {
        ...{ refereeId: friend.id, advocateId: to.id, reason: "They met at the fair." },
        ...{ actor: SYSTEM, claimId: null, proposalId: null },
      },
      world.plans,
    ),
  );

/** A refund that comes before its purchase, one at the same moment, and one that is more than was paid. */
async function early(world: World, buyer: Person): Promise<void> {
  const refund = (externalId: string, of: string, minor: bigint) =>
    world.write((tx) =>
      reverseRewards(tx, {
        kind: "refund",
        conversion: `ext:${of}`,
        externalId,
        amount: { minor, currency: "INR" },
      }),
    );
  await refund("early-1", "awaited", 20_000n);
  await refund("early-2", "awaited", 900_000n);
  await world.buy(buyer, 80_000, { externalId: "awaited" });
  const report = reportOf(buyer, "overtaken", 70_000n);
  const desk = await world.read((reader) => findSettlementFacts(reader, [report], world.plans));
  await refund("early-3", "overtaken", 30_000n);
  await world.write((tx) => settleConversions(tx, [{ report, actor: SYSTEM, requestId: "req_1" }], desk));
  await world.write(settleOvertakenRefunds);
}

async function late(world: World, buyer: Person): Promise<void> {
  const report = reportOf(buyer, "late", 60_000n);
  await world.write((tx) => recordUnsettled(tx, { report, actor: SYSTEM, requestId: "req_2" }));
}

const SYSTEM = { kind: "system" } as const;
const reportOf = (buyer: Person, externalId: string, minor: bigint): ConversionReport => ({
  ...{ kind: "purchase", externalId, participant: buyer.id, profit: null, product: null, metadata: null },
  ...{ amount: { minor, currency: "INR" }, occurredAt: null, fingerprint: externalId },
});

async function use(world: World, collector: Person, holder: Person): Promise<void> {
  const lines = await world.balances(collector);
  const available = lines.find(({ currency }) => currency === "PTS")?.available ?? 0;
  const redeem = (minor: number) =>
    world.write((tx) =>
      redeemRewards(tx, {
        participantId: collector.id,
        amount: { minor: BigInt(minor), currency: "PTS" },
        externalId: null,
        note: null,
      }),
    );
  const { redemption } = await redeem(15);
  await world.write((tx) => reverseRedemption(tx, collector.id, redemption.id));
  await redeem(available - 3);
  const { code } = await world.read((reader) =>
    reader.one<{ code: string }>(sql`select code from coupons where participant_id = ${holder.id}`),
  );
  await world.write((tx) => redeemCoupon(tx, code, "shop-1"));
}

async function logOf(db: Database, programId: ProgramId): Promise<string[]> {
  const lines: string[] = [];
  await exportLog(db, programId, async (line) => void lines.push(line));
  return lines;
}

async function ledgerOf(db: Database, programId: string): Promise<string[]> {
  const lines: string[] = [];
  await findLedgerDigest(db, programId, async (line) => void lines.push(line));
  return lines;
}

async function* streamOf(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

let programId: ProgramId;
let log: string[];
beforeAll(async () => {
  programId = await live(origin.db);
  log = await logOf(origin.db, programId);
});

describe("the log of a program, in another database", () => {
  const other = useDatabase();

  it("tells of everything that can happen, and names nobody", () => {
    const kinds = new Set(log.slice(1, -1).map((line) => JSON.parse(line).fact));
    expect([...kinds].sort()).toEqual(KINDS);
    for (const secret of ["Anna", "Ben", "Friend", "friends.example", "order-", "early-1", "bank-1"])
      expect(log.join(), secret).not.toContain(secret);
  });

  it("is of books that hold, settled again up to what a decision had settled again", async () => {
    const checks = await verifyHistory(origin.db, programId, createPlanCache());
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(checks.map(({ figure }) => figure)).toEqual([expect.stringMatching(/^10 conversions, up to/)]);
  });

  it("is the same again, and says how long it is and what it adds up to", async () => {
    expect(await logOf(origin.db, programId)).toEqual(log);
    const sha256 = hash("sha256", `${log.slice(0, -1).join("\n")}\n`);
    expect(JSON.parse(log.at(-1) ?? "")).toEqual({ end: true, facts: log.length - 2, sha256 });
  });

  it("makes the same ledger, to the last transfer", async () => {
    const replayed = await replayLog(other.db, streamOf(log));
    expect(replayed).toEqual({ programId, facts: log.length - 2, surplus: null });
    const ledger = await ledgerOf(origin.db, programId);
    expect(await ledgerOf(other.db, programId)).toEqual(ledger);
    expect([...new Set(ledger.map((line) => line.split(" ")[1]))].sort()).toEqual(REASONS);
    expect(await findLedgerDigest(other.db, programId)).toEqual(await findLedgerDigest(origin.db, programId));
  });
});

/** What somebody with the rights of the owner could do to the books behind the product's back. */
const TAMPERED: [what: string, how: string][] = [
  [
    "a transfer's amount",
    "update ledger_transfers set amount_minor = amount_minor + 1 where reason = 'released'",
  ],
  [
    "whom a transfer is for",
    `update ledger_transfers set credit_id = replace(credit_id, '_pending_', '_held_')
                               where reason = 'granted' and credit_id like 'acc_INR_pending_%'`,
  ],
  [
    "when a transfer was",
    "update ledger_transfers set recorded_at = recorded_at - interval '1 hour' where reason = 'redeemed'",
  ],
  ["a transfer that is gone", "delete from ledger_transfers where reason = 'expired'"],
  [
    "a reward and its transfer",
    `with doubled as (
       insert into rewards select (jsonb_populate_record(r, jsonb_build_object('rule', 'gift', 'id', 'rwd_0000000000000000000000000g'))).*
         from rewards as r where kind = 'commission' and program_id = '$1' limit 1 returning *)
     insert into ledger_transfers
       select (jsonb_populate_record(t, jsonb_build_object('id', 'trf_0000000000000000000000000g', 'idempotency_key', 'gift',
                                                          'subject_id', doubled.id))).*
         from ledger_transfers as t, doubled where t.reason = 'granted' and t.debit_id like 'acc_INR_funding%' and t.program_id = '$1' limit 1`,
  ],
  ["the text of a plan", `update plans set document = jsonb_set(document, '{rules,0,levels,0,rate}', '"6"')`],
];

describe("books that were changed by hand", () => {
  const tampered = useDatabase();
  const other = useDatabase();
  it.each(TAMPERED)("do not follow from their log: %s", async (_what, how) => {
    const changed = await live(tampered.db);
    const owner = new pg.Client(tampered.owner);
    await owner.connect();
    await owner.query(how.replaceAll("$1", changed)).finally(() => owner.end());
    const lines = streamOf(await logOf(tampered.db, changed));
    const told = await replayLog(other.db, lines).catch((error: unknown) => error);
    // Some of it cannot even happen again.
    if (told instanceof LogProblem) return;
    expect(await findLedgerDigest(other.db, changed)).not.toEqual(
      await findLedgerDigest(tampered.db, changed),
    );
  });
});
