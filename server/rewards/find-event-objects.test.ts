import { expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { createWorld } from "../../tests/support/world.ts";
import { findNewestEvents } from "../events/find-newest-events.ts";
import { findObjects } from "../events/find-objects.ts";
import { findEventObjects } from "./find-event-objects.ts";
import { conversionFacts, rewardWire } from "./presentation.ts";

const database = useDatabase();

it("tells what happened as it was then, whatever came of it since", async () => {
  const world = await createWorld(database.db, { joinedAt: new Date(Date.now() - 60 * 86_400_000) });
  const anna = await world.join("Anna");
  const bob = await world.join("Bob", { under: anna });
  const carla = await world.join("Carla", { under: bob });
  const fresh = await world.buy(carla, 200_000);
  const old = await world.buy(carla, 400_000, { at: new Date(Date.now() - 40 * 86_400_000) });
  await world.refund(fresh, 50_000);
  await world.refund(old);
  await world.release();
  const told = await world.read(async (reader) =>
    findObjects(reader, await findNewestEvents(reader, null, 50), findEventObjects),
  );
  const objectsOf = (type: string) =>
    new Map(told.filter((event) => event.type === type).map((event) => [event.subjectId, event.data.object]));
  expect(objectsOf("conversion.settled")).toEqual(
    new Map([old, fresh].map((sale) => [sale.conversion.id, conversionFacts(sale.conversion, sale.rewards)])),
  );
  const rewards = [...old.rewards, ...fresh.rewards];
  expect(rewards).toHaveLength(4);
  expect(objectsOf("reward.created")).toEqual(
    new Map(rewards.map((reward) => [reward.id, rewardWire(reward)])),
  );
});
