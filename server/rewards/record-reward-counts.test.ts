import { expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { createWorld, type Person, type World } from "../../tests/support/world.ts";
import type { ConversionReport } from "../conversions/conversion.ts";
import { createIdSource } from "../platform/id-source.ts";
import { findSettlementFacts } from "./find-settlement-facts.ts";
import { settleConversions } from "./settle-conversions.ts";
import { listRewardCounts } from "./store.ts";

const database = useDatabase();
const HOUR_MS = 3_600_000;

/** A purchase on an instance whose clock says something else, so that its ids lie elsewhere. */
async function buyAt(world: World, buyer: Person, externalId: string, clockOffMs: number): Promise<void> {
  const newId = createIdSource(() => Date.now() + clockOffMs);
  const report: ConversionReport = {
    ...{ kind: "purchase", externalId, participant: buyer.id, fingerprint: externalId },
    ...{ amount: { minor: 200_000n, currency: "INR" }, profit: { minor: 40_000n, currency: "INR" } },
    ...{ occurredAt: null, product: null, metadata: null },
  };
  await world.write(async (tx) => {
    const desk = await findSettlementFacts(tx, [report], world.plans);
    const reported = [{ report, actor: { kind: "system" } as const, requestId: "req_of_a_test" }];
    await settleConversions(Object.assign(tx, { newId }), reported, desk);
  });
}

it("counts each reward once, wherever its id lies", async () => {
  const world = await createWorld(database.db);
  const anna = await world.join("Anna");
  const bob = await world.join("Bob", { under: anna });
  const countsOfAnna = () =>
    world.read((reader) => listRewardCounts(reader, anna.id, [""])).then((rows) => rows[0]?.netMinor ?? 0n);
  await buyAt(world, bob, "early", -HOUR_MS);
  await buyAt(world, bob, "now", 0);
  await world.work();
  const each = (await countsOfAnna()) / 2n;
  expect(each).toBeGreaterThan(0n);
  // Ids before and after those that were counted, in one stretch with them in between.
  await buyAt(world, bob, "earlier", -2 * HOUR_MS);
  await buyAt(world, bob, "late", HOUR_MS);
  await world.work();
  expect(await countsOfAnna()).toBe(4n * each);
  await buyAt(world, bob, "between", -HOUR_MS / 2);
  await world.work();
  expect(await countsOfAnna()).toBe(5n * each);
});
