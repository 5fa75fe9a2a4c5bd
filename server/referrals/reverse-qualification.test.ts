import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { type MoneyDesk, openMoneyDesk } from "../../tests/support/money-desk.ts";
import { createWorld, type Person, type World } from "../../tests/support/world.ts";
import { twoLevel } from "../rewards/templates/two-level.ts";
import { findStanding } from "./find-standing.ts";

const database = useDatabase();
const FAR = 2n ** 62n;
let world: World;
let desk: MoneyDesk;

beforeAll(async () => {
  world = await createWorld(database.db, { template: null });
  await world.publish({
    ...(twoLevel.document("INR") as object),
    ...{ examples: [], hold_days: 0, on_refund: { milestones: "take_back" } },
  });
  desk = await openMoneyDesk(world);
});
afterAll(() => desk.close());

const qualifiedOf = async (person: Person) =>
  (await world.read((reader) => findStanding(reader, person.id, FAR)))?.qualified;
const programCounts = () =>
  world.read((reader) =>
    reader.many<{ metric: string; total: bigint }>(sql`
      select metric, total from program_counts
       where program_id = ${reader.programId} and metric in ('qualified', 'rewarded') order by metric`),
  );
/** On the advocate's home, and in the program's funnel. */
const counted = async (person: Person) => [
  await qualifiedOf(person),
  ...(await programCounts()).map(({ total }) => Number(total)),
];

describe("a friend who has to qualify again", () => {
  it("is one friend less until then, and one friend after it, on every page", async () => {
    const anna = await world.join("Anna");
    const ben = await world.join("Ben", { under: anna });
    const sale = await world.buy(ben, 200_000);
    expect(await qualifiedOf(anna)).toBe(1);
    await world.work();
    expect(await counted(anna)).toEqual([1, 1, 1]);
    await world.refund(sale);
    expect(await qualifiedOf(anna)).toBe(0);
    await world.work();
    expect(await counted(anna)).toEqual([0, 0, 0]);
    await world.buy(ben, 300_000);
    await world.work();
    expect(await counted(anna)).toEqual([1, 1, 1]);
    expect(await desk.broken()).toEqual([]);
  });
});
