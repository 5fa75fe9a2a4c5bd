import pg from "pg";
import { describe, expect, it } from "vitest";
import { loadDemo } from "../../database/seed.ts";
import { useDatabase } from "../../tests/support/database.ts";
import { createWorld, type World } from "../../tests/support/world.ts";
import { createPlanCache } from "./create-plan-cache.ts";
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
