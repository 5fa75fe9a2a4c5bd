import { expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { createWorld } from "../../tests/support/world.ts";
import { verifyAddresses } from "../participants/verify-addresses.ts";
import { findProgress } from "./find-progress.ts";
import { listRewards } from "./store.ts";
import { pointsPerReferral } from "./templates/points.ts";

const database = useDatabase();
const ALL = {
  id: null,
  conversionId: null,
  statuses: null,
  level: null,
  after: null,
  before: null,
  limit: 10,
};

it("rewards a referred person's proven address once, and nobody for one who came alone", async () => {
  const world = await createWorld(database.db);
  const document = pointsPerReferral.document(world.currency) as object;
  const verified = {
    ...{ id: "verified", rule: "points", on: "verified" },
    levels: [
      { level: 0, points: 50 },
      { level: 1, points: 20 },
    ],
  };
  await world.publish({ ...document, examples: [], rules: [verified] });
  const anna = await world.join("Anna");
  const ben = await world.join("Ben", { under: anna });
  await world.write((tx) => verifyAddresses(tx, [anna.id, ben.id]));
  await world.write((tx) => verifyAddresses(tx, [ben.id]));
  await world.work();
  const rewards = await world.read((reader) => listRewards(reader, { ...ALL, participantId: null }));
  expect(rewards.map(({ participantId, amountMinor }) => [participantId, amountMinor]).sort()).toEqual(
    [
      [anna.id, 20n],
      [ben.id, 50n],
    ].sort(),
  );
  const progress = await world.read((reader) => findProgress(reader, ben.id, world.plans));
  expect(progress).toMatchObject({ rewards: [{ amount: "50 points", state: "available" }], missed: null });
});

it("says why a friend's last order brought nothing, and what became of what they got", async () => {
  const world = await createWorld(database.db);
  const money = (amount: number) => ({ amount, currency: world.currency });
  const gift = {
    ...{ id: "gift", rule: "fixed_amount", on: "purchase", when: { amount_above: money(100_000) } },
    levels: [{ level: 0, amount: money(20_000) }],
  };
  const document = pointsPerReferral.document(world.currency) as object;
  await world.publish({ ...document, examples: [], hold_days: 14, rules: [gift] });
  const anna = await world.join("Anna");
  const ben = await world.join("Ben", { under: anna });
  const progressOf = () => world.read((reader) => findProgress(reader, ben.id, world.plans));
  expect(await progressOf()).toEqual({ rewards: [], missed: null });
  await world.buy(ben, 95_000);
  expect((await progressOf()).missed).toMatch(
    /950\.00 is not over .*1,000\.00, so this order does not earn\./,
  );
  const sale = await world.buy(ben, 150_000);
  const onItsWay = await progressOf();
  expect(onItsWay).toMatchObject({ rewards: [{ state: "on_its_way" }], missed: null });
  expect(onItsWay.rewards[0]?.availableAt).toBeInstanceOf(Date);
  await world.refund(sale);
  expect((await progressOf()).rewards).toMatchObject([{ state: "revoked", availableAt: null }]);
});
