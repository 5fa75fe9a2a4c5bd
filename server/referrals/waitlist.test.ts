import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { participantActor, readingKey, writingKey } from "../../tests/support/doors.ts";
import { openReferralDoors } from "../../tests/support/referral-doors.ts";
import { createWorld, type Person, type World } from "../../tests/support/world.ts";
import { findPersons } from "../participants/find-persons.ts";
import { claimPlaces } from "./claim-places.ts";
import { findReferrals } from "./find-referrals.ts";
import { findStanding } from "./find-standing.ts";
import { verifyReferrals } from "./verify-referrals.ts";

const database = useDatabase();
const RIVALS = 32;
const RUNS = 10;

let world: World;
let anna: Person;

const start = async (limit: number): Promise<void> => {
  world = await createWorld(database.db);
  await world.limit(limit, "waitlist");
  anna = await world.join("Anna");
};

const place = () => world.write(claimPlaces);
const personOf = async ({ id }: { id: string }) =>
  (await world.read((reader) => findPersons(reader, [id]))).get(id);
const statusOf = async ({ id }: { id: string }) =>
  (await world.read((reader) => findReferrals(reader, [id]))).get(id)?.status;
const standingOf = ({ id }: { id: string }) =>
  world.read(async (reader) => findStanding(reader, id, await database.db.horizon(reader)));

async function failures(): Promise<string[]> {
  await world.work();
  const checks = await verifyReferrals(world.db, world.programId);
  return checks.flatMap(({ detail }) => detail ?? []);
}

describe("beyond the limit", () => {
  beforeEach(() => start(1));

  it("a person joins and waits: no place, and nobody earns through them", async () => {
    await world.join("Bob", { under: anna });
    const carol = await world.join("Carol", { under: anna });
    expect(carol).toMatchObject({ upline: [], isUnplaced: true });
    expect(carol.referral).toMatchObject({ status: "waitlisted", advocateId: anna.id, reasons: [] });
    const { rewards } = await world.buy(carol, 200_000);
    expect(rewards).toEqual([]);
    expect(await statusOf(carol)).toBe("waitlisted");
    expect(await place()).toBe(0);
    expect((await standingOf(anna))?.directCount).toBe(1);
    expect(await failures()).toEqual([]);
  });

  it("a freed place goes to whoever waits longest, who earns for those above from then on", async () => {
    const bob = await world.join("Bob", { under: anna });
    const [carol, dan] = await world.joinTogether([
      { name: "Carol", under: bob },
      { name: "Dan", under: bob },
    ]);
    if (!carol || !dan) throw new Error("Two have joined");
    const eve = await world.join("Eve", { under: bob });
    await world.limit(2, "waitlist");
    expect(await place()).toBe(1);
    expect(await Promise.all([dan, eve].map(statusOf))).toEqual(["joined", "waitlisted"]);
    expect((await personOf(dan))?.upline).toEqual([bob.id, anna.id]);
    const { rewards } = await world.buy(dan, 200_000, { profit: 40_000 });
    expect(rewards.map(({ participantId, level }) => [participantId, level])).toEqual([
      [bob.id, 1],
      [anna.id, 2],
    ]);
    expect(await failures()).toEqual([]);
  });

  it("nobody overtakes those who wait, even where a place has become free", async () => {
    await world.join("Bob", { under: anna });
    const carol = await world.join("Carol", { under: anna });
    await world.limit(2, "waitlist");
    const dan = await world.join("Dan", { under: anna });
    expect(dan.referral?.status).toBe("waitlisted");
    await place();
    expect(await Promise.all([carol, dan].map(statusOf))).toEqual(["joined", "waitlisted"]);
  });

  it("nobody is placed with an advocate who is suspended", async () => {
    await world.join("Bob", { under: anna });
    await world.join("Carol", { under: anna });
    await world.write((tx) =>
      tx.run(sql`update participants set status = 'suspended' where id = ${anna.id}`),
    );
    await world.limit(2, "waitlist");
    expect(await place()).toBe(0);
  });

  it("those who wait may bring people, who move along to their places", async () => {
    const bob = await world.join("Bob", { under: anna });
    const carol = await world.join("Carol", { under: bob });
    const wendy = await world.join("Wendy", { under: bob });
    const xavier = await world.join("Xavier", { under: wendy });
    const yara = await world.join("Yara", { under: xavier });
    // Wendy waits for Bob, and Zoe for Wendy.
    const zoe = await world.join("Zoe", { under: wendy });
    expect([xavier.upline, yara.upline, zoe.upline]).toEqual([[wendy.id], [xavier.id, wendy.id], []]);
    expect(await failures()).toEqual([]);
    await world.limit(2, "waitlist");
    while ((await place()) > 0);
    const uplines = await Promise.all([wendy, xavier, yara, zoe].map(personOf));
    expect(uplines.map((person) => person?.upline)).toEqual([
      [bob.id, anna.id],
      [wendy.id, bob.id, anna.id],
      [xavier.id, wendy.id, bob.id, anna.id],
      [wendy.id, bob.id, anna.id],
    ]);
    expect(uplines.map((person) => person?.isUnplaced)).toEqual([false, false, false, false]);
    expect(await failures()).toEqual([]);
    expect((await standingOf(anna))?.levels).toEqual([
      { level: 1, participants: 1 },
      { level: 2, participants: 2 },
      { level: 3, participants: 2 },
      { level: 4, participants: 1 },
    ]);
    expect(carol.upline).toEqual([bob.id, anna.id]);
  });

  it("the limit taken away lets everybody in", async () => {
    const people = Array.from({ length: 4 }, (_, n) => ({ name: `P ${n}`, under: anna }));
    const joined = await world.joinTogether(people);
    await world.limit(null, "reject");
    expect(await place()).toBe(3);
    expect(await Promise.all(joined.map(statusOf))).toEqual(Array(4).fill("joined"));
    expect(await failures()).toEqual([]);
  });
});

describe("a place once given", () => {
  beforeEach(() => start(1));

  it("cannot be changed by the application, whatever it tries", async () => {
    const bob = await world.join("Bob", { under: anna });
    const move = (table: string) =>
      world.write((tx) =>
        tx.many(sql`update ${sql.table(table)} set upline = '{par_other}' where id = ${bob.id} returning id`),
      );
    await expect(move("participants")).rejects.toThrow(/permission denied/);
    expect(await move("unplaced_participants")).toEqual([]);
    expect((await personOf(bob))?.upline).toEqual([anna.id]);
  });

  it("of another program cannot be seen through those who wait", async () => {
    await world.joinTogether(["Bob", "Carol"].map((name) => ({ name, under: anna })));
    const other = await createWorld(database.db);
    expect(await other.read((reader) => reader.many(sql`select id from unplaced_participants`))).toEqual([]);
  });
});

describe("many at once", () => {
  beforeEach(() => start(3));

  it("draw each number once, and get the free places in its order", async () => {
    const joined = await Promise.all(
      Array.from({ length: RIVALS }, (_, rival) => world.join(`Rival ${rival}`, { under: anna })),
    );
    const inOrder = joined.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    expect(inOrder.map(({ referral }) => referral?.waitNumber)).toEqual([
      ...[null, null, null],
      ...Array.from({ length: RIVALS - 3 }, (_, index) => index + 1),
    ]);
    await world.limit(10, "waitlist");
    const placed = await Promise.all([place(), place(), place(), place()]);
    expect(placed.reduce((sum, count) => sum + count, 0)).toBe(7);
    expect(await Promise.all(inOrder.map(statusOf))).toEqual([
      ...Array(10).fill("joined"),
      ...Array(RIVALS - 10).fill("waitlisted"),
    ]);
    expect(await failures()).toEqual([]);
  });
});

describe("any history of joining and growing limits", () => {
  it("leaves the network consistent, and everyone placed once the limit is gone", async () => {
    const step = fc.array(fc.nat({ max: 99 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        await start(1);
        const people = [anna];
        for (const [index, picks] of steps.entries()) {
          const wishes = picks.map((pick, n) => ({
            name: `P ${n}`,
            under: people[pick % people.length] as Person,
          }));
          people.push(...(await world.joinTogether(wishes)));
          if (index % 3 === 2) await world.limit(1 + index, "waitlist");
          await place();
        }
        expect(await failures()).toEqual([]);
        await world.limit(null, "waitlist");
        while ((await place()) > 0);
        expect(await failures()).toEqual([]);
        const left = await world.read((reader) =>
          reader.many(
            sql`select id from participants where is_unplaced or (cardinality(upline) = 0 and id <> ${anna.id})`,
          ),
        );
        expect(left).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});

describe("the line over HTTP", () => {
  let doors: Awaited<ReturnType<typeof openReferralDoors>>;
  beforeAll(async () => {
    await start(1);
    doors = await openReferralDoors(world);
  });
  afterAll(() => doors.close());

  it("tells whoever joins their position, and the advocate who waits", async () => {
    const key = writingKey(world.programId);
    const referral = { code: anna.link.code, required: true };
    const answers = [];
    for (const name of ["Bob", "Carol", "Dan"])
      answers.push(
        await doors.post(key, "/v1/participants", { name, email: `${name}@example.com`, referral }),
      );
    expect(answers.map(({ status, body }) => [status, body["referral"]])).toMatchObject([
      [201, { status: "joined", waiting_position: null }],
      [201, { status: "waitlisted", waiting_position: 1 }],
      [201, { status: "waitlisted", waiting_position: 2 }],
    ]);
    const dan = await doors.get(key, `/v1/participants/${answers[2]?.body["id"]}`);
    expect(dan.body["referral"]).toMatchObject({ status: "waitlisted", waiting_position: 2 });
    const line = (query: string) =>
      doors.get(participantActor(world.programId, anna.id), `/v1/participants/me/waitlist${query}`);
    const first = await line("?limit=1");
    expect(first.body).toMatchObject({ data: [{ name: "Carol", position: 1 }], has_more: true });
    const second = await line(`?limit=1&after=${first.body["next_cursor"]}`);
    expect(second.body).toMatchObject({ data: [{ name: "Dan", position: 2 }], has_more: false });
    expect((await line("?after=soon")).body["code"]).toBe("invalid_cursor");
    const listed = await doors.get(readingKey(world.programId), "/v1/referrals?status=waitlisted");
    expect(listed.body["data"]).toHaveLength(2);
  });
});
