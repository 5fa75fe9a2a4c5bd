import { beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { createWorld, type Person, type World } from "../../tests/support/world.ts";
import { holdCounters } from "./hold-counters.ts";
import { recordCounterUses } from "./record-counter-uses.ts";
import { listCounters } from "./store/counters.ts";

const database = useDatabase();
let world: World;
let anna: Person;
let bob: Person;

beforeAll(async () => {
  world = await createWorld(database.db);
  anna = await world.join("Anna");
  bob = await world.join("Bob", { under: anna });
});

const held = (...keys: string[]) =>
  world.write(async (tx) => Object.fromEntries(await holdCounters(tx, keys)));
const use = (key: string, amount: bigint) => world.write((tx) => recordCounterUses(tx, [{ key, amount }]));

describe("counters of settlements", () => {
  it("begin with the whole history, and caps with nothing", async () => {
    await world.buy(bob, 200_000, { profit: 40_000 });
    await world.buy(bob, 50_000);
    await world.buy(bob, 50_000, { kind: "renewal" });
    expect(
      await held(
        `nth:${bob.id}:purchase`,
        `nth:${bob.id}:renewal`,
        `qualified:${anna.id}`,
        `points:${anna.id}`,
        "cap:a::ever",
      ),
    ).toEqual({
      [`nth:${bob.id}:purchase`]: 2n,
      [`nth:${bob.id}:renewal`]: 1n,
      [`qualified:${anna.id}`]: 1n,
      [`points:${anna.id}`]: 0n,
      "cap:a::ever": 0n,
    });
  });

  it("know the points that were granted", async () => {
    const points = await createWorld(database.db, { template: "points" });
    const advocate = await points.join("Dora");
    await points.join("Eve", { under: advocate });
    await points.work();
    const key = `points:${advocate.id}`;
    const found = await points.write((tx) => holdCounters(tx, [key]));
    expect(found.get(key)).toBe(10n);
  });

  it("stay where they were left, and ask for nothing without a key", async () => {
    await held("cap:b::ever");
    await use("cap:b::ever", 7n);
    await use("cap:b::ever", -2n);
    expect(await held("cap:b::ever", "cap:b::ever")).toEqual({ "cap:b::ever": 5n });
    expect(await held()).toEqual({});
  });

  it("are not begun by what is given back to them", async () => {
    await use("cap:never::ever", -5n);
    const rows = await world.read((reader) => listCounters(reader, "cap:never", 1));
    expect(rows.map(({ key }) => key)).not.toContain("cap:never::ever");
  });

  it("count each of many at once, whoever begins them", async () => {
    const take = () =>
      world.write(async (tx) => {
        const keys = ["cap:c::ever", "cap:d::ever"];
        const before = await holdCounters(tx, keys);
        if ((before.get("cap:c::ever") ?? 0n) >= 10n) return 0;
        await recordCounterUses(
          tx,
          keys.map((key) => ({ key, amount: 1n })),
        );
        return 1;
      });
    const taken = await Promise.all(Array.from({ length: 32 }, take));
    expect(taken.reduce<number>((sum, one) => sum + one, 0)).toBe(10);
    expect(await held("cap:c::ever", "cap:d::ever")).toEqual({ "cap:c::ever": 10n, "cap:d::ever": 10n });
  });
});
