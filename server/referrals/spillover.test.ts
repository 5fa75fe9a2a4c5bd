import fc from "fast-check";
import { sql } from "kysely";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { createWorld, type Person, type World } from "../../tests/support/world.ts";
import { verifyReferrals } from "./verify-referrals.ts";

const database = useDatabase();
const RIVALS = 32;
const RUNS = 12;

let world: World;
let anna: Person;

const start = async (limit: number): Promise<void> => {
  world = await createWorld(database.db);
  await world.limit(limit, "spillover");
  anna = await world.join("Anna");
};

/** The naive way: a queue from the inviter down, everyone's direct referrals by age; the first with room. */
class Oracle {
  readonly limit: number;
  readonly directs = new Map<string, string[]>();
  constructor(limit: number) {
    this.limit = limit;
  }
  place(inviter: string): string {
    let level = [inviter];
    while (level.length > 0) {
      const open = level.find((id) => (this.directs.get(id) ?? []).length < this.limit);
      if (open !== undefined) return open;
      level = level.flatMap((id) => this.directs.get(id) ?? []).sort();
    }
    throw new Error("There is room somewhere below everybody");
  }
  add(advocate: string, id: string): void {
    this.directs.set(advocate, [...(this.directs.get(advocate) ?? []), id]);
  }
}

async function failures(): Promise<string[]> {
  await world.work();
  const checks = await verifyReferrals(world.db, world.programId);
  return checks.flatMap(({ detail }) => detail ?? []);
}

describe("a place found below", () => {
  beforeEach(() => start(2));

  it("is with the first advocate below who has room, the oldest first, and the inviter is kept", async () => {
    const bob = await world.join("Bob", { under: anna });
    const carol = await world.join("Carol", { under: anna });
    const names = ["Dan", "Eve", "Fay", "Gus", "Hal"];
    const placed = [];
    for (const name of names) placed.push(await world.join(name, { under: anna }));
    const [dan, eve] = placed;
    expect(placed.map(({ referral }) => referral?.advocateId)).toEqual([
      ...[bob.id, bob.id, carol.id, carol.id],
      dan?.id,
    ]);
    expect(placed.every(({ referral }) => referral?.inviterId === anna.id)).toBe(true);
    expect(eve).toMatchObject({
      upline: [bob.id, anna.id],
      referral: { status: "joined", reasons: [] },
    });
    expect(await failures()).toEqual([]);
  });

  it("is the inviter's own as long as there is room", async () => {
    const bob = await world.join("Bob", { under: anna });
    expect(bob.referral).toMatchObject({ advocateId: anna.id, inviterId: anna.id });
  });

  it("pays by the place: the advocate above at level 1, the inviter further up", async () => {
    const bob = await world.join("Bob", { under: anna });
    await world.join("Carol", { under: anna });
    const dan = await world.join("Dan", { under: anna });
    const { rewards } = await world.buy(dan, 200_000, { profit: 40_000 });
    expect(rewards.map(({ participantId, level }) => [participantId, level])).toEqual([
      [bob.id, 1],
      [anna.id, 2],
    ]);
  });

  it("is not with somebody who is suspended, though below them there may be one", async () => {
    const bob = await world.join("Bob", { under: anna });
    const carol = await world.join("Carol", { under: anna });
    const dan = await world.join("Dan", { under: bob });
    await world.write((tx) => tx.run(sql`update participants set status = 'suspended' where id = ${bob.id}`));
    await world.limit(2, "spillover");
    const names = ["Eve", "Fay", "Gus"];
    const placed = await world.joinTogether(names.map((name) => ({ name, under: anna })));
    expect(placed.map(({ referral }) => referral?.advocateId)).toEqual([carol.id, carol.id, dan.id]);
  });
});

describe("many at once", () => {
  beforeAll(() => start(2));

  it("take every place once, in the order in which they commit", async () => {
    const joined = await Promise.all(
      Array.from({ length: RIVALS }, (_, rival) => world.join(`Rival ${rival}`, { under: anna })),
    );
    const oracle = new Oracle(2);
    // Ids are drawn while the sign-ups of the program are held, so they are in the order of the commits.
    for (const { id, referral } of joined.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
      expect(referral?.advocateId).toBe(oracle.place(anna.id));
      oracle.add(String(referral?.advocateId), id);
    }
    expect(Math.max(...[...oracle.directs.values()].map((directs) => directs.length))).toBe(2);
    expect(await failures()).toEqual([]);
  });

  it("do so whoever invites them, where one looks for room below the other", async () => {
    await start(1);
    const chain = [anna];
    for (const name of ["Bob", "Carol", "Dan"])
      chain.push(await world.join(name, { under: chain.at(-1) as Person }));
    const inviters = Array.from({ length: RIVALS }, (_, rival) => chain[rival % 4] as Person);
    const joined = await Promise.all(inviters.map((under, rival) => world.join(`Rival ${rival}`, { under })));
    const inOrder = joined.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    // With one place each they form a line, whoever it was that invited them.
    expect(inOrder.map(({ referral }) => referral?.advocateId)).toEqual(
      [chain.at(-1) as Person, ...inOrder.slice(0, -1)].map(({ id }) => id),
    );
    expect(await failures()).toEqual([]);
  });
});

describe("the order of places", () => {
  it("is that of a naive breadth-first search, whoever invites and however sign-ups are batched", async () => {
    const batch = fc.array(fc.nat({ max: 999 }), { minLength: 1, maxLength: 7 });
    const scenario = fc.record({
      limit: fc.integer({ min: 1, max: 3 }),
      batches: fc.array(batch, { maxLength: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(scenario, async ({ limit, batches }) => {
        await start(limit);
        const oracle = new Oracle(limit);
        const people = [anna];
        for (const batch of batches) {
          const inviters = batch.map((pick) => people[pick % people.length] as Person);
          const joined = await world.joinTogether(inviters.map((under, n) => ({ name: `P ${n}`, under })));
          joined.forEach(({ id, referral }, index) => {
            const inviter = inviters[index] as Person;
            expect(referral).toMatchObject({ advocateId: oracle.place(inviter.id), inviterId: inviter.id });
            oracle.add(String(referral?.advocateId), id);
          });
          people.push(...joined);
        }
        expect(await failures()).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});
