import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { openTestDoors, participantActor, readingKey } from "../../tests/support/doors.ts";
import { createWorld, type Person, type World } from "../../tests/support/world.ts";
import { type ExchangeRate, parseExchangeRate } from "../primitives/exchange.ts";
import { createExchangeRate } from "../programs/create-exchange-rate.ts";
import { verifyRoute } from "./routes/verify.ts";
import type { Settled } from "./settle-conversions.ts";
import { verifyProgram } from "./verify-program.ts";

const database = useDatabase();
const LONG_AGO = new Date(Date.now() - 30 * 86_400_000);
const LONG_BEFORE = new Date(Date.now() - 60 * 86_400_000);

const DOLLAR = {
  currency: "USD",
  rate: parseExchangeRate("83.25") as ExchangeRate,
  validFrom: "2026-01-01",
  source: "a test",
};

/** Three people in a line, a purchase that is released, one that waits, one refunded in part and one whole, and one in dollars. */
async function createBusyWorld() {
  const world = await createWorld(database.db, { joinedAt: LONG_BEFORE });
  const anna = await world.join("Anna");
  const bob = await world.join("Bob", { under: anna, click: await world.visit(anna) });
  const carol = await world.join("Carol", { under: bob });
  const dora = await world.join("Dora", { under: carol });
  await world.write((tx) => createExchangeRate(tx, DOLLAR));
  const released = await world.buy(carol, 200_000, { profit: 40_000, at: LONG_AGO });
  const waiting = await world.buy(bob, 300_000, { profit: 90_001 });
  await world.refund(waiting, 100_000);
  await world.refund(await world.buy(carol, 150_000, { profit: 30_000 }));
  const foreign = await world.buy(carol, 5_000, { profit: 1_001, currency: "USD" });
  await world.refund(foreign, 777);
  await world.work();
  // What comes now is in the log, and not counted yet.
  await world.buy(carol, 500_000);
  return { world, anna, bob, carol, dora, released, waiting };
}

type BusyWorld = { world: World; released: Settled; waiting: Settled } & Record<
  "anna" | "bob" | "carol" | "dora",
  Person
>;

const failed = async (world: World): Promise<string[]> =>
  (await verifyProgram(database.db, world.programId, new Date())).checks
    .filter((check) => !check.ok)
    .map(({ id, detail }) => `${id}: ${detail}`);

describe("verify on a sound program", () => {
  it("finds every invariant kept and says what it looked at", async () => {
    const { world } = await createBusyWorld();
    const { ok, checks } = await verifyProgram(database.db, world.programId, new Date());
    expect(checks.filter((check) => !check.ok)).toEqual([]);
    expect(ok).toBe(true);
    const figures = Object.fromEntries(checks.map(({ id, figure }) => [id, figure]));
    expect(figures).toMatchObject({ I2: "4 rights withheld", I8: "3 refunds" });
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
  });

  it("finds an empty program sound, and one that pays points", async () => {
    expect(await failed(await createWorld(database.db))).toEqual([]);
    const world = await createWorld(database.db, { template: "points" });
    const anna = await world.join("Anna");
    await world.join("Bob", { under: anna });
    await world.work();
    expect((await world.balances(anna))[0]).toMatchObject({ currency: "PTS", available: 10 });
    expect(await failed(world)).toEqual([]);
  });
});

describe("the door of verify", () => {
  it("answers every check with its figure, and looks once for those who ask at the same time", async () => {
    const { world } = await createBusyWorld();
    const doors = await openTestDoors(database.db, [verifyRoute({ db: database.db })]);
    const ask = () => doors.get(readingKey(world.programId), "/v1/verify");
    const [first, second] = await Promise.all([ask(), ask()]);
    const later = await ask();
    await doors.close();
    expect(first).toMatchObject({ status: 200, body: { ok: true } });
    expect(second?.body["checked_at"]).toBe(first?.body["checked_at"]);
    expect(later.body["checked_at"]).not.toBe(first?.body["checked_at"]);
    const [check] = later.body["checks"] as unknown[];
    expect(check).toEqual({
      id: "I1",
      name: "Every transfer balances, and each currency adds up to zero",
      ok: true,
      figure: "18 transfers",
      detail: null,
    });
  });

  it("is closed to participants", async () => {
    const { world, anna } = await createBusyWorld();
    const doors = await openTestDoors(database.db, [verifyRoute({ db: database.db })]);
    expect(await doors.get(participantActor(world.programId, anna.id), "/v1/verify")).toMatchObject({
      status: 403,
    });
    await doors.close();
  });
});

describe("verify on a program somebody tampered with", () => {
  let busy: BusyWorld;
  let owner: pg.Client;

  beforeEach(async () => {
    busy = await createBusyWorld();
    owner = new pg.Client(database.owner);
    await owner.connect();
  });
  afterEach(async () => {
    await owner.end();
  });

  /** What is done to the database, which check must see it, and how to undo what reaches beyond the program. */
  const CORRUPTIONS: {
    check: string;
    what: string;
    sql: (busy: BusyWorld) => string;
    undo?: string;
    /** Checks that notice it as well. */
    beside?: string[];
  }[] = [
    {
      check: "I1",
      what: "an account that is gone",
      sql: ({ anna }) => `delete from ledger_accounts where id = 'acc_INR_available_${anna.id}'`,
    },
    {
      check: "I2",
      what: "the right to change a column of transfers",
      sql: () => "grant update (amount_minor) on ledger_transfers to public",
      undo: "revoke update (amount_minor) on ledger_transfers from public",
    },
    {
      check: "I2",
      what: "the right to delete transfers",
      sql: () => "grant delete on ledger_transfers to public",
      undo: "revoke delete on ledger_transfers from public",
    },
    {
      check: "I3",
      what: "a checkpoint that is one unit off",
      sql: ({ anna }) => `
        insert into ledger_checkpoints (program_id, account_id, position, balance_minor, entries)
        select program_id, credit_id, max(position) + 1, sum(amount_minor) + 1, count(*)
          from ledger_transfers
         where credit_id = 'acc_INR_available_${anna.id}'
         group by program_id, credit_id
        on conflict (program_id, account_id) do update
           set balance_minor = ledger_checkpoints.balance_minor + 1`,
    },
    {
      check: "I4",
      what: "a reward for somebody else's purchase",
      sql: ({ released, dora }) =>
        `update rewards set referee_id = '${dora.id}' where conversion_id = '${released.conversion.id}' and level = 1`,
    },
    {
      check: "I5",
      what: "a profit smaller than what it paid",
      sql: ({ released }) => `
        update conversions set settlement = jsonb_set(settlement::jsonb, '{profit}', '1')::json
         where id = '${released.conversion.id}'`,
    },
    {
      check: "I6",
      what: "another upline than the buyer's",
      sql: ({ released, dora }) => `
        update conversions set settlement = jsonb_set(settlement::jsonb, '{upline,0,0}', '"${dora.id}"')::json
         where id = '${released.conversion.id}'`,
    },
    {
      check: "I6",
      what: "another leg than the one it came through",
      beside: ["reward_counts"],
      sql: ({ released, anna }) => `
        update rewards set leg_participant_id = '${anna.id}'
         where conversion_id = '${released.conversion.id}' and level = 1`,
    },
    {
      check: "I7",
      what: "a unique key that was dropped",
      sql: () => "alter table refunds drop constraint refunds_program_id_external_id_key",
      undo: "alter table refunds add unique (program_id, external_id)",
    },
    {
      check: "I8",
      what: "a refund nobody made",
      sql: ({ released }) =>
        `update conversions set refunded_minor = 1 where id = '${released.conversion.id}'`,
    },
    {
      check: "I9",
      what: "one direct referral too many counted",
      sql: ({ anna }) => `update participants set direct_count = direct_count + 1 where id = '${anna.id}'`,
    },
    {
      check: "I11",
      what: "a reward called held whose money is pending",
      sql: ({ waiting }) =>
        `update rewards set status = 'held' where conversion_id = '${waiting.conversion.id}'`,
    },
    {
      check: "I12",
      what: "an account that changed its currency",
      sql: ({ anna }) => `
        alter table ledger_accounts drop constraint ledger_accounts_check;
        update ledger_accounts set currency = 'USD' where id = 'acc_INR_available_${anna.id}'`,
      undo: `
        update ledger_accounts set currency = split_part(id, '_', 2);
        alter table ledger_accounts add check (id = 'acc_' || currency || '_' || purse || '_' || owner_id)`,
    },
    {
      check: "I13",
      what: "somebody moved in the network",
      sql: ({ dora, anna }) => `update participants set upline = array['${anna.id}'] where id = '${dora.id}'`,
    },
    {
      check: "I13",
      what: "the right to move people in the network",
      sql: () => "grant update (upline) on participants to public",
      undo: "revoke update (upline) on participants from public",
    },
    {
      check: "I15",
      what: "a referred person forgotten",
      sql: ({ dora }) => `delete from referred_people where referee_id = '${dora.id}'`,
    },
    {
      check: "I17",
      what: "row-level security that is not forced",
      sql: () => "alter table links no force row level security",
      undo: "alter table links force row level security",
    },
    {
      check: "I17",
      what: "a policy that lets everything through",
      sql: () => "create policy open_door on links using (true)",
      undo: "drop policy open_door on links",
    },
    {
      check: "I21",
      what: "an event about somebody else",
      sql: ({ dora }) =>
        `update events set subject_id = 'par_nobody' where type = 'participant.created' and subject_id = '${dora.id}'`,
    },
    {
      check: "I30",
      what: "a reward of another plan version",
      sql: ({ released }) =>
        `update rewards set plan_version = 2 where conversion_id = '${released.conversion.id}' and level = 1`,
    },
    {
      check: "I30",
      what: "a published plan whose text was changed",
      sql: ({ world }) => `
        update plans set document = jsonb_set(document, '{hold_days}', '15') where program_id = '${world.programId}'`,
    },
    {
      check: "redemptions",
      what: "a reward used more than anybody redeemed",
      sql: ({ world }) =>
        `update rewards set redeemed_minor = 1 where program_id = '${world.programId}' and level = 2`,
    },
    {
      check: "exchanges",
      what: "another rate than the purchase was settled by",
      sql: ({ world }) => `update exchange_rates set rate = 83.26 where program_id = '${world.programId}'`,
    },
    {
      check: "network_counts",
      what: "one person too many at a level",
      sql: ({ anna }) =>
        `update network_counts set participants = participants + 1 where participant_id = '${anna.id}' and level = 2`,
    },
    {
      check: "leg_counts",
      what: "one person too many behind a friend",
      sql: ({ anna }) =>
        `update leg_counts set participants = participants + 1 where participant_id = '${anna.id}'`,
    },
    {
      check: "open_places",
      what: "room below somebody where no place is to be found",
      sql: ({ world, anna, dora }) => `
        insert into open_places (program_id, inviter_id, level, participant_id)
        values ('${world.programId}', '${anna.id}', 1, '${dora.id}')`,
    },
    {
      check: "waitlist",
      what: "a place that may move though nobody waits",
      sql: ({ dora }) => `update participants set is_unplaced = true where id = '${dora.id}'`,
    },
    {
      check: "advocate_counts",
      what: "a visit nobody made",
      sql: ({ anna }) => `update advocate_counts set clicks = clicks + 1 where participant_id = '${anna.id}'`,
    },
    {
      check: "reward_counts",
      what: "earnings nobody granted",
      sql: ({ anna }) => `
        update reward_counts set earned_minor = earned_minor + 1 where participant_id = '${anna.id}' and level = 2`,
    },
    {
      check: "program_counts",
      what: "a purchase nobody made",
      sql: ({ world }) =>
        `update program_counts set total = total + 1 where program_id = '${world.programId}' and metric = 'purchases'`,
    },
  ];

  it.each(CORRUPTIONS)("$check sees $what", async ({ check, beside = [], sql, undo }) => {
    await owner.query(sql(busy));
    try {
      const found = await failed(busy.world);
      expect(found.map((line) => line.split(":")[0])).toEqual([check, ...beside]);
      expect(found[0]).toMatch(/^\w+: \S.*\.$/);
    } finally {
      if (undo) await owner.query(undo);
    }
  });

  it.each([
    [
      "a transfer's amount changed",
      "update ledger_transfers set amount_minor = amount_minor + 1 where program_id = $1",
    ],
    ["transfers deleted", "delete from ledger_transfers where program_id = $1 and reason = 'reversed'"],
    ["rewards deleted", "delete from rewards where program_id = $1 and level = 2"],
    ["events deleted", "delete from events where program_id = $1 and type = 'reward.created'"],
    ["a conversion deleted", "delete from conversions where program_id = $1 and refunded_minor = 0"],
    ["a refund deleted", "delete from refunds where program_id = $1"],
    [
      "referrals turned down afterwards",
      "update referrals set status = 'not_eligible', reasons = '{own_link}' where program_id = $1",
    ],
  ])("does not miss %s", async (_what, sql) => {
    await owner.query(sql, [busy.world.programId]);
    expect(await failed(busy.world)).not.toEqual([]);
  });

  it("sees nothing of it in the program next door", async () => {
    const neighbour = await createBusyWorld();
    await owner.query("delete from rewards where program_id = $1", [busy.world.programId]);
    expect(await failed(neighbour.world)).toEqual([]);
  });

  it("has a corruption for every check", async () => {
    const { checks } = await verifyProgram(database.db, busy.world.programId, new Date());
    expect(new Set(CORRUPTIONS.map(({ check }) => check))).toEqual(new Set(checks.map(({ id }) => id)));
  });
});
