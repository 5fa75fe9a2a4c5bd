import { describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { createWorld, type World } from "../../tests/support/world.ts";
import type { ConversionReport } from "../conversions/conversion.ts";
import { cancelPublication } from "./cancel-publication.ts";
import { createPlan } from "./create-plan.ts";
import { findSettlementFacts } from "./find-settlement-facts.ts";
import { publishPlan } from "./publish-plan.ts";
import { reverseRewards } from "./reverse-rewards.ts";
import { settleConversions } from "./settle-conversions.ts";
import { listCounters } from "./store/counters.ts";
import { twoLevel } from "./templates/two-level.ts";

const database = useDatabase();
const DAY_MS = 86_400_000;
/** Long enough for whoever does not wait for this transaction to come through before it ends. */
const MEANWHILE_MS = 400;

const money = (amount: number) => ({ amount, currency: "INR" });
const planOf = (rules: object[], more: object = {}) => ({
  ...(twoLevel.document("INR") as object),
  ...{ examples: [], direct_limit: null, hold_days: 0, rules },
  ...more,
});
const share = (when?: object) => ({
  ...{ id: "share", rule: "fixed_amount", on: "purchase", levels: [{ level: 1, amount: money(1_000) }] },
  ...(when ? { when } : {}),
});
const points = { id: "points", rule: "points", on: "purchase", levels: [{ level: 1, points: 100 }] };

const countersOf = async (world: World) =>
  Object.fromEntries(
    (await world.read((reader) => listCounters(reader, "", 1_000))).map(({ key, value }) => [key, value]),
  );

const pause = () => new Promise((resolve) => setTimeout(resolve, MEANWHILE_MS));

describe("counters begin with what the books say", () => {
  it("also where a plan that asked for them was withdrawn, and purchases went on", async () => {
    const world = await createWorld(database.db);
    await world.publish(planOf([share()]));
    const bob = await world.join("Bob", { under: await world.join("Anna") });
    const scheduled = await world.write(async (tx) => {
      const { id } = await createPlan(tx, planOf([share({ nth: { from: 4 } })]));
      return publishPlan(tx, id, new Date(tx.now.getTime() + DAY_MS));
    });
    await world.buy(bob, 100_000);
    await world.write((tx) => cancelPublication(tx, scheduled.id));
    await world.buy(bob, 100_000);
    await world.buy(bob, 100_000);
    await world.publish(planOf([share({ nth: { from: 4 } })]));
    expect((await world.buy(bob, 100_000)).rewards).toHaveLength(1);
    expect(await countersOf(world)).toEqual({ [`nth:${bob.id}:purchase`]: 4n });
  });

  it("with a purchase that was under way when a plan first asked for them", async () => {
    const world = await createWorld(database.db);
    await world.publish(planOf([share()]));
    const bob = await world.join("Bob", { under: await world.join("Anna") });
    const report: ConversionReport = {
      ...{ kind: "purchase", externalId: "under-way", participant: bob.id, fingerprint: "under way" },
      ...{ amount: { minor: 100_000n, currency: "INR" }, profit: null, occurredAt: null },
      ...{ product: null, metadata: null },
    };
    const reported = [{ report, actor: { kind: "system" } as const, requestId: "req_of_a_test" }];
    let second: Promise<unknown> = Promise.resolve();
    await world.write(async (tx) => {
      const desk = await findSettlementFacts(tx, [report], world.plans);
      await settleConversions(tx, reported, desk);
      second = world.publish(planOf([share({ nth: { from: 3 } })])).then(() => world.buy(bob, 100_000));
      await Promise.race([second, pause()]);
    });
    await second;
    expect((await world.buy(bob, 100_000)).rewards).toHaveLength(1);
    expect(await countersOf(world)).toEqual({ [`nth:${bob.id}:purchase`]: 3n });
  });

  it("without the points that a refund under way takes back", async () => {
    const world = await createWorld(database.db);
    await world.publish(planOf([points]));
    const anna = await world.join("Anna");
    const bob = await world.join("Bob", { under: anna });
    const sale = await world.buy(bob, 100_000);
    const tiers = [{ id: "gold", name: "Gold", at_least: { points: 1_000 }, multiplier: "200" }];
    await world.publish(planOf([points], { tiers }));
    let second: Promise<unknown> = Promise.resolve();
    await world.write(async (tx) => {
      await reverseRewards(tx, {
        kind: "refund",
        conversion: sale.conversion.id,
        externalId: "under-way",
        amount: { minor: 100_000n, currency: "INR" },
      });
      second = world.buy(bob, 100_000);
      await Promise.race([second, pause()]);
    });
    await second;
    expect(await countersOf(world)).toMatchObject({ [`points:${anna.id}`]: 100n });
  });
});
