import { sql } from "kysely";
import pg from "pg";
import { describe, expect, it } from "vitest";
import { loadDemo } from "../../database/seed.ts";
import { useDatabase } from "../../tests/support/database.ts";
import { createWorld, type Person, type World } from "../../tests/support/world.ts";
import type { Check } from "../platform/verification.ts";
import { createPlanCache } from "./create-plan-cache.ts";
import { expireDueRewards } from "./expire-due-rewards.ts";
import { recordUnsettled } from "./record-unsettled.ts";
import type { Settled } from "./settle-conversions.ts";
import { settleRecorded } from "./settle-recorded.ts";
import { twoLevel } from "./templates/two-level.ts";
import { verifyHistory } from "./verify-history.ts";

const database = useDatabase();
/** Writing the demo's year takes a while on a busy machine. */
const DEMO_MS_MAX = 90_000;

/** The rewards; then the counters and the tiers. */
const lookAtAll = (world: World) => verifyHistory(world.db, world.programId, world.plans);
const look = async (world: World) => (await lookAtAll(world))[0] as Check;

async function createHistory(): Promise<World> {
  const world = await createWorld(database.db);
  const anna = await world.join("Anna");
  const bob = await world.join("Bob", { under: anna });
  const carol = await world.join("Carol", { under: bob });
  const sale = await world.buy(carol, 200_000, { profit: 33_333 });
  await world.refund(sale, 70_000);
  await world.publish({ ...(twoLevel.document("INR") as object), inactive_upline: "compress", hold_days: 0 });
  await world.buy(carol, 300_000);
  await world.buy(anna, 300_000);
  return world;
}

/** 1000 on each purchase, 1500 within the period. */
async function createCapped(period: string): Promise<World> {
  const world = await createWorld(database.db, { template: null });
  const money = (amount: number) => ({ amount, currency: "INR" });
  const levels = [{ level: 1, amount: money(1_000) }];
  const rules = [{ id: "share", rule: "fixed_amount", on: "purchase", levels }];
  const caps = [{ id: "most", scope: "participant", period, amount: money(1_500) }];
  await world.publish({ ...(twoLevel.document("INR") as object), examples: [], rules, caps });
  return world;
}

describe("the whole history, settled again", () => {
  it("grants what was granted, by every version, after refunds", async () => {
    expect(await look(await createHistory())).toMatchObject({
      ok: true,
      figure: "3 conversions",
      detail: null,
    });
    expect(await look(await createWorld(database.db))).toMatchObject({ ok: true, figure: "0 conversions" });
  });

  it(
    "grants what was granted in the demo world",
    async () => {
      const { programId } = await loadDemo({ db: database.db, hashingKey: "the key of a test" });
      const [check] = await verifyHistory(database.db, programId, createPlanCache());
      expect(check?.detail).toBeNull();
      expect(Number.parseInt(check?.figure ?? "", 10)).toBeGreaterThan(100);
    },
    DEMO_MS_MAX,
  );

  it("grants what was granted where a purchase was settled later than it was recorded", async () => {
    const world = await createCapped("ever");
    const bob = await world.join("Bob", { under: await world.join("Anna") });
    const report = {
      ...{ kind: "purchase", externalId: "early", participant: bob.id, fingerprint: "early" },
      ...{ amount: { minor: 100_000n, currency: "INR" }, profit: null },
      ...{ occurredAt: null, product: null, metadata: null },
    };
    await world.write((tx) => recordUnsettled(tx, { report, actor: { kind: "system" }, requestId: "req" }));
    await world.buy(bob, 100_000);
    await world.moment();
    await settleRecorded(world.db, world.programId, world.plans);
    await world.buy(bob, 100_000);
    expect((await look(world)).detail).toBeNull();
  });

  it("grants what was granted where the program has moved to another time zone", async () => {
    const world = await createCapped("day");
    const bob = await world.join("Bob", { under: await world.join("Anna") });
    const midnight = new Date(new Date().toISOString().slice(0, 10)).getTime();
    for (const at of [-2, -1, 0]) await world.buy(bob, 100_000, { at: new Date(midnight + at * 1_000) });
    await world.write((tx) =>
      tx.run(sql`update programs set time_zone = 'Asia/Tokyo' where program_id = ${tx.programId}`),
    );
    expect((await look(world)).detail).toBeNull();
  });

  it("finds a reward that was changed past the application, and one that is gone", async () => {
    const world = await createHistory();
    const owner = new pg.Client(database.owner);
    await owner.connect();
    const forge = (text: string) => owner.query(text, [world.programId]);
    await forge("update rewards set amount_minor = amount_minor + 1 where program_id = $1 and level = 2");
    const changed = await look(world);
    expect(changed.ok).toBe(false);
    expect(changed.detail).toMatch(/^cnv_\w+ granted .* and settled again it grants .*\. And 1 more\.$/);
    await forge("delete from rewards where program_id = $1");
    await owner.end();
    expect((await look(world)).detail).toContain("granted nothing, and settled again it grants");
  });
});

/** Points make tiers; they expire as soon as they are there, and purchases are refunded after that. */
async function createExpired(): Promise<{ world: World; anna: Person }> {
  const world = await createWorld(database.db, { template: null });
  const points = (id: string, level: number, amount: number) => ({
    ...{ id, rule: "points", on: "purchase", levels: [{ level, points: amount }] },
  });
  await world.publish({
    ...(twoLevel.document("INR") as object),
    ...{ examples: [], hold_days: 0, expires_days: { points: 1 } },
    rules: [points("ten", 1, 10)],
    tiers: [{ id: "gold", name: "Gold", at_least: { points: 15 }, multiplier: "200" }],
    caps: [{ id: "most", scope: "program", period: "ever", amount: { amount: 45, currency: "PTS" } }],
  });
  const anna = await world.join("Anna");
  const bob = await world.join("Bob", { under: anna });
  const sales = [await world.buy(bob, 1_000), await world.buy(bob, 1_000)];
  await world.refund(sales[0] as Settled, 400);
  const owner = new pg.Client(database.owner);
  await owner.connect();
  await owner.query("update rewards set expires_at = now() - interval '1 hour' where program_id = $1", [
    world.programId,
  ]);
  await owner.end();
  await world.write((tx) => expireDueRewards(tx));
  // Nothing is left of their points to be taken back: Anna keeps what was counted, and her tier.
  for (const sale of sales) await world.refund(sale, 600);
  await world.moment();
  await world.buy(bob, 1_000);
  await world.buy(bob, 1_000);
  await world.buy(bob, 1_000);
  return { world, anna };
}

describe("the counters that decide, counted again", () => {
  it("are what they were, also where points expired before a refund", async () => {
    const { world } = await createExpired();
    expect(await lookAtAll(world)).toMatchObject([
      { id: "history", ok: true, figure: "5 conversions" },
      { id: "settlement_counters", ok: true, detail: null },
      { id: "tiers", ok: true, figure: "1 tier" },
    ]);
  });

  it("name each one that somebody has changed, and who stands in another tier by it", async () => {
    const { world, anna } = await createExpired();
    const owner = new pg.Client(database.owner);
    await owner.connect();
    const forge = (key: string, by: number) =>
      owner.query("update settlement_counters set value = value + $3 where program_id = $1 and key = $2", [
        ...[world.programId, key, by],
      ]);
    await forge(`points:${anna.id}`, -40);
    const [history, counters, tiers] = await lookAtAll(world);
    expect(history?.ok).toBe(true);
    expect(counters?.detail).toMatch(
      new RegExp(`^points:${anna.id} stands at -?\\d+, the history counts \\d+\\.$`),
    );
    expect(tiers?.detail).toBe(`Participant ${anna.id} stands in no tier, by the history in gold.`);
    await forge("cap:most::ever", 1);
    expect((await lookAtAll(world))[1]?.detail).toMatch(/^cap:most::ever stands at .*\. And 1 more\.$/);
    await owner.end();
  });
});
