import { sql } from "kysely";
import pg from "pg";
import { Value } from "typebox/value";
import { describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { openTestDoors, readingKey } from "../../tests/support/doors.ts";
import { scansOf } from "../../tests/support/plan.ts";
import { createWorld, type World } from "../../tests/support/world.ts";
import { recordProgramCounts } from "../programs/record-program-counts.ts";
import type { FunnelAnswer } from "./contract.ts";
import { findFigures } from "./find-figures.ts";
import { funnel } from "./funnel.ts";
import { reports } from "./index.ts";
import { reportRoutes } from "./routes.ts";

const database = useDatabase();
const LONG_AGO = new Date(Date.now() - 30 * 86_400_000);
const LONG_BEFORE = new Date(Date.now() - 60 * 86_400_000);
const NOTHING = {
  clicks: 0,
  joined: 0,
  referred: 0,
  qualified: 0,
  rewarded: 0,
  purchases: 0,
  revenue: [],
  refunded: [],
  owed: [],
  paid: [],
};
const rupees = (amount: number) => [{ amount, currency: "INR" }];

const figuresOf = (world: World): Promise<FunnelAnswer> =>
  world.read((reader) => findFigures(reader, funnel));

/** Visits, sign-ups, purchases of which one has released its rewards, and a refund. */
async function fill(world: World): Promise<void> {
  const anna = await world.join("Anna");
  const bob = await world.join("Bob", { under: anna, click: await world.visit(anna) });
  await world.visit(anna);
  const carol = await world.join("Carol", { under: bob });
  await world.buy(carol, 200_000, { profit: 40_000, at: LONG_AGO });
  await world.buy(bob, 90_000, { profit: 40_000 });
  await world.refund(await world.buy(bob, 300_000, { profit: 90_000 }), 150_000);
}

const FILLED = {
  clicks: 2,
  joined: 3,
  referred: 2,
  qualified: 2,
  rewarded: 1,
  purchases: 3,
  revenue: rupees(590_000),
  refunded: rupees(150_000),
  // Carol's order: 5 % and 1 % of 40 000. Bob's: 5 % of 90 000, half of it taken back.
  owed: rupees(2_000 + 400 + 2_250),
  paid: [],
};

describe.each(reports.map((report) => [report.name, report] as const))("the report %s", (_name, report) => {
  it("answers in its own shape, also where nothing has happened", async () => {
    const empty = await createWorld(database.db, { template: null });
    const busy = await createWorld(database.db, { joinedAt: LONG_BEFORE });
    await fill(busy);
    for (const world of [empty, busy]) {
      const figures = await world.read((reader) => findFigures(reader, report));
      expect([...Value.Errors(report.answer, figures)]).toEqual([]);
    }
  });

  it("reads one moment of one program, and not more rows than it says", async () => {
    const world = await createWorld(database.db, { joinedAt: LONG_BEFORE });
    await fill(world);
    const rows = await world.read((reader) => reader.many(report.statement(world.programId)));
    expect(rows.length).toBeLessThanOrEqual(report.rowsMax);
    const neighbour = await createWorld(database.db, { joinedAt: LONG_BEFORE });
    // Asked for another program's rows, the database answers as if there were none.
    const foreign = await neighbour.read((reader) => reader.many(report.statement(world.programId)));
    const empty = await neighbour.read((reader) => reader.many(report.statement(neighbour.programId)));
    expect(foreign).toEqual(empty);
  });
});

describe("the door of reports", () => {
  it("answers a report of the shelf, and nothing for a name that is not on it", async () => {
    const world = await createWorld(database.db, { joinedAt: LONG_BEFORE });
    await fill(world);
    const doors = await openTestDoors(database.db, reportRoutes({ db: database.db }));
    const key = readingKey(world.programId);
    expect(await doors.get(key, "/v1/reports/funnel")).toMatchObject({ status: 200, body: FILLED });
    expect(await doors.get(key, "/v1/reports/constructor")).toMatchObject({
      status: 404,
      body: { code: "not_found" },
    });
    await doors.close();
  });
});

describe("the funnel", () => {
  it("is empty in an empty program", async () => {
    expect(await figuresOf(await createWorld(database.db))).toEqual(NOTHING);
  });

  it("counts what has just happened, before the worker has come to it, while it works and afterwards", async () => {
    const world = await createWorld(database.db, { joinedAt: LONG_BEFORE });
    await fill(world);
    expect(await figuresOf(world)).toEqual(FILLED);
    await world.work();
    expect(await figuresOf(world)).toEqual(FILLED);
    const dora = await world.join("Dora");
    await world.visit(dora);
    const half = { ...FILLED, joined: 4, clicks: 3 };
    expect(await figuresOf(world)).toEqual(half);
    await world.work();
    expect(await figuresOf(world)).toEqual(half);
  });

  it("owes what participants have pending, held and available in the ledger", async () => {
    const world = await createWorld(database.db, { joinedAt: LONG_BEFORE });
    await fill(world);
    const inLedger = () =>
      world.read((reader) =>
        reader.many<{ amount: bigint; currency: string }>(sql`
          select sum(amount_minor)::bigint as amount, currency
            from ledger_entries
           where program_id = ${reader.programId} and split_part(account_id, '_', 3) in ('pending', 'held', 'available')
           group by currency`),
      );
    for (const step of [() => world.work(), () => world.release()]) {
      await step();
      const [owed] = await inLedger();
      expect((await figuresOf(world)).owed).toEqual(rupees(Number(owed?.amount)));
    }
  });

  it("owes less by what was paid", async () => {
    const world = await createWorld(database.db, { joinedAt: LONG_BEFORE });
    await fill(world);
    await world.write((tx) => recordProgramCounts(tx, [{ metric: "paid", currency: "INR", added: 650n }]));
    expect(await figuresOf(world)).toMatchObject({ paid: rupees(650), owed: rupees(4_000) });
  });

  it("counts points beside money, and referrals that are rewarded at once", async () => {
    const world = await createWorld(database.db, { template: "points" });
    await world.join("Bob", { under: await world.join("Anna") });
    await world.work();
    expect(await figuresOf(world)).toEqual({
      ...NOTHING,
      joined: 2,
      referred: 1,
      qualified: 1,
      rewarded: 1,
      owed: [{ amount: 10, currency: "PTS" }],
    });
  });

  it("takes up counters and tails, not the history behind them", async () => {
    const world = await createWorld(database.db, { joinedAt: LONG_BEFORE });
    const anna = await world.join("Anna");
    await world.write(async (tx) => {
      await tx.run(sql`
        insert into conversions (program_id, position, id, external_id, fingerprint, participant_id, kind, amount_minor,
                                 currency, status, plan_version, settlement, occurred_at)
        select ${tx.programId}, ${tx.position}::bigint, 'cnv_' || n, 'order-' || n, '', ${anna.id}, 'purchase', 1, 'INR',
               'settled', 1, '{}', now()
          from generate_series(1, 20000) as n`);
      await tx.run(sql`
        insert into events (program_id, position, id, type, subject_id, audience, data)
        select ${tx.programId}, ${tx.position}::bigint, 'evt_' || n, 'conversion.settled', 'cnv_' || n, '{}', '{}'
          from generate_series(1, 20000) as n`);
    });
    await world.write((tx) =>
      tx.run(sql`
        insert into clicks (program_id, position, id, link_id, participant_id)
        select ${tx.programId}, ${tx.position}::bigint, 'clk_' || n, ${anna.link.id}, ${anna.id}
          from generate_series(1, 20000) as n`),
    );
    await world.work();
    await asOwner("vacuum analyze");
    await world.join("One more");
    await world.visit(anna);
    expect(await figuresOf(world)).toMatchObject({
      joined: 2,
      clicks: 20_001,
      purchases: 20_000,
      revenue: rupees(20_000),
    });
    const scans = await scansOf(world, (reader) => findFigures(reader, funnel));
    const taken = (table: string) =>
      scans.filter((scan) => scan.table === table).reduce((sum, { rows }) => sum + rows, 0);
    expect(taken("events")).toBeLessThan(20);
    expect(taken("clicks")).toBeLessThan(6_000);
  });
});

async function asOwner(statement: string): Promise<void> {
  const owner = new pg.Client(database.owner);
  await owner.connect();
  await owner.query(statement);
  await owner.end();
}
