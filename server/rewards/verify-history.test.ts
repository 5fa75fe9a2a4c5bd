import { sql } from "kysely";
import pg from "pg";
import { describe, expect, it } from "vitest";
import { loadDemo } from "../../database/seed.ts";
import { useDatabase } from "../../tests/support/database.ts";
import { createWorld, type World } from "../../tests/support/world.ts";
import { createPlanCache } from "./create-plan-cache.ts";
import { recordUnsettled } from "./record-unsettled.ts";
import { settleRecorded } from "./settle-recorded.ts";
import { twoLevel } from "./templates/two-level.ts";
import { verifyHistory } from "./verify-history.ts";

const database = useDatabase();

const look = (world: World) =>
  verifyHistory(world.db, world.programId, world.plans, new Date(Date.now() + 1_000));

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

  it("grants what was granted in the demo world", async () => {
    const { programId } = await loadDemo({ db: database.db, hashingKey: "the key of a test" });
    const check = await verifyHistory(database.db, programId, createPlanCache(), new Date());
    expect(check.detail).toBeNull();
    expect(Number.parseInt(check.figure, 10)).toBeGreaterThan(100);
  });

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
