import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../../tests/support/database.ts";
import { type Answered, openTestDoors, writingKey } from "../../../tests/support/doors.ts";
import { createWorld, type Person, type World } from "../../../tests/support/world.ts";
import { findEvents } from "../../events/find-events.ts";
import { createRandom } from "../../primitives/random.ts";
import type { ReplayAnswer, ReplayResult } from "../contract/replays.ts";
import { createPlan } from "../create-plan.ts";
import { replayPlan } from "../replay-plan.ts";
import { rewardsRoutes } from "../routes.ts";
import { twoLevel } from "../templates/two-level.ts";

const database = useDatabase();
const HISTORY = { kind: "history" };
let doors: Awaited<ReturnType<typeof openTestDoors>>;

beforeAll(async () => {
  doors = await openTestDoors(database.db, rewardsRoutes({ db: database.db } as never));
});
afterAll(() => doors.close());

const document = (terms: object = {}) => ({ ...(twoLevel.document("INR") as object), ...terms });
const rate = (...rates: string[]) => ({
  rules: [
    {
      ...{ id: "level-share", rule: "percent_of_profit", on: "purchase" },
      levels: rates.map((one, index) => ({ level: index + 1, rate: one })),
    },
  ],
  examples: [],
});

const post = (world: World, path: string, body: object = {}): Promise<Answered> =>
  doors.post(writingKey(world.programId), path, body);
const get = (world: World, path: string) => doors.get(writingKey(world.programId), path);

const draftOf = (world: World, terms: object) => world.write((tx) => createPlan(tx, document(terms)));

async function ask(world: World, planId: string, source: object = HISTORY): Promise<ReplayAnswer> {
  const { status, body } = await post(world, `/v1/plans/${planId}/replay`, { source });
  expect(status, JSON.stringify(body)).toBe(202);
  return body as ReplayAnswer;
}

const work = (world: World) => replayPlan(world.db, world.programId, world.plans);
const read = async (world: World, { id }: { id: string }) =>
  (await get(world, `/v1/replays/${id}`)).body as ReplayAnswer;

async function replayed(world: World, planId: string, source: object = HISTORY): Promise<ReplayResult> {
  const asked = await ask(world, planId, source);
  expect(await work(world)).toBe(1);
  const { state, result, reason } = await read(world, asked);
  expect([state, reason]).toEqual(["completed", null]);
  return result as ReplayResult;
}

/** Four people in a line, and a few who came alone. */
async function createLine(world: World, length = 4): Promise<Person[]> {
  const line: Person[] = [];
  for (let i = 0; i < length; i++) line.push(await world.join(`Person ${i}`, { under: line.at(-1) }));
  return line;
}

/** What the ledger says was earned in all, and is left of it. */
async function earned(world: World, people: readonly Person[]): Promise<number> {
  const balances = await Promise.all(people.map((person) => world.balances(person)));
  return balances.flat().reduce((sum, { pending, available }) => sum + Number(pending + available), 0);
}

/** Purchases of any kind and refunds of some of them, in parts, by a seed. */
async function liveThrough(
  world: World,
  people: readonly Person[],
  seed: number,
  steps: number,
  when: { at?: Date } = {},
) {
  const random = createRandom(seed);
  const pick = (most: number) => random.whole(0, most - 1);
  const sales = [];
  for (let i = 0; i < steps; i++) {
    const person = people[pick(people.length)] as Person;
    const amount = 50_000 + pick(500_000);
    const profit = random.unit() < 0.5 ? { profit: pick(amount) } : {};
    sales.push({ sale: await world.buy(person, amount, { ...profit, ...when }), amount, left: amount });
    const one = sales[pick(sales.length)];
    if (!one || random.unit() < 0.5 || one.left === 0) continue;
    const part = random.unit() < 0.3 ? one.left : 1 + pick(one.left);
    one.left -= part;
    await world.refund(one.sale, part);
  }
}

describe("replaying the plan in force", () => {
  it.each([1, 2, 3])("gives what was given, to the unit, after refunds in parts (seed %i)", async (seed) => {
    const world = await createWorld(database.db);
    const people = await createLine(world, 5);
    await liveThrough(world, people, seed, 30);
    await world.work();
    const [published] = (await get(world, "/v1/plans")).body["data"] as { id: string }[];
    const result = await replayed(world, published?.id ?? "");
    expect(result.conversions).toBe(30);
    expect(result.refunds).toBeGreaterThan(0);
    for (const { current, draft } of result.costs) expect(draft).toEqual(current);
    expect(result.costs[0]?.draft.amount).toBe(await earned(world, people));
    expect(result.participants).toMatchObject([{ more: 0, less: 0 }]);
    expect([result.winners, result.losers]).toEqual([[], []]);
    expect(result.sentence).toMatch(/^The draft costs exactly as much as today's plan\./);
  });

  it("holds each conversion to the version that was in force when it occurred", async () => {
    const world = await createWorld(database.db);
    const people = await createLine(world);
    await liveThrough(world, people, 4, 8);
    await world.publish(document(rate("10", "2", "1")));
    await liveThrough(world, people, 5, 8);
    await world.publish(document({ hold_days: 3 }));
    await liveThrough(world, people, 6, 8);
    const draft = await draftOf(world, rate("10", "2", "1"));
    const result = await replayed(world, draft.id);
    expect(result.costs[0]?.current.amount).toBe(await earned(world, people));
    expect(result.costs[0]?.draft.amount).toBeGreaterThan(result.costs[0]?.current.amount ?? 0);
  });
});

describe("replaying a draft", () => {
  it("that keeps existing referrals leaves those made before the span with the version they had", async () => {
    const world = await createWorld(database.db);
    const [anna] = (await createLine(world, 1)) as [Person];
    const early = await world.join("Early", { under: anna });
    const from = (await world.moment()).toISOString();
    const late = await world.join("Late", { under: anna });
    for (const buyer of [early, late]) await world.buy(buyer, 200_000);
    const costOf = async (terms: object, source: object) =>
      (await replayed(world, (await draftOf(world, { ...rate("10"), ...terms })).id, source)).costs[0]?.draft
        .amount;
    const span = { kind: "history", from };
    expect(await costOf({}, span)).toBe(40_000);
    expect(await costOf({ existing_referrals: "keep" }, span)).toBe(10_000 + 20_000);
    expect(await costOf({ existing_referrals: "keep" }, HISTORY)).toBe(40_000);
  });

  it("says what it costs, by level and month, who wins, who loses, and why", async () => {
    const world = await createWorld(database.db);
    const [anna, bob, carol, dora] = (await createLine(world)) as [Person, Person, Person, Person];
    const sale = await world.buy(dora, 200_000, { profit: 40_000 });
    await world.buy(bob, 300_000, { profit: 100_000 });
    await world.refund(sale, 100_000);
    const draft = await draftOf(world, rate("4", "1", "1"));
    const result = await replayed(world, draft.id);
    const money = (amount: number) => ({ amount, currency: "INR" });
    const pair = (current: number, after: number) => ({ current: money(current), draft: money(after) });
    expect(result).toMatchObject({ conversions: 2, refunds: 1, revenue: [money(400_000)] });
    // 5 % and 1 % of 20,000 and 5 % of 100,000; then 4 %, 1 %, 1 % of 20,000 and 4 % of 100,000.
    expect(result.costs).toEqual([pair(1_000 + 200 + 5_000, 800 + 200 + 200 + 4_000)]);
    expect(result.share_of_revenue).toEqual({ current: "1.55", draft: "1.30" });
    expect(result.by_level).toEqual([
      { level: 1, ...pair(6_000, 4_800) },
      { level: 2, ...pair(200, 200) },
      { level: 3, ...pair(0, 200) },
    ]);
    expect(result.by_month).toEqual([{ month: new Date().toISOString().slice(0, 7), ...result.costs[0] }]);
    expect(result.participants).toEqual([{ currency: "INR", more: 0, less: 2, same: 1 }]);
    expect(result.losers).toMatchObject([
      { participant_id: anna.id, name: "Person 0", ...pair(5_000, 4_200) },
      { participant_id: carol.id, name: "Person 2", ...pair(1_000, 800) },
    ]);
    expect(result.winners).toEqual([]);
    expect(result.sentence).toBe(
      "The draft costs ₹10.00 less (16.1 %) than today's plan. 0 people earn more, 2 less, 1 the same.",
    );
    const example = result.examples.find((one) => one.conversion_id === sale.conversion.id);
    expect(example?.draft.find(({ level }) => level === 3)).toMatchObject({
      ...{ verdict: "grant", participant_id: anna.id, amount: money(400) },
    });
    expect(example?.current.every(({ message }) => message.length > 3)).toBe(true);
  });

  it("fills caps, numbers purchases and climbs tiers as the draft would have", async () => {
    const world = await createWorld(database.db);
    const [anna, bob, carol] = (await createLine(world, 3)) as [Person, Person, Person];
    for (const [person, amount] of [
      [bob, 200_000],
      [bob, 200_000],
      [carol, 200_000],
      [bob, 200_000],
    ] as const)
      await world.buy(person, amount, { profit: 100_000 });
    const money = (amount: number) => ({ amount, currency: "INR" });
    const share = { ...rate("10").rules[0], when: { nth: { from: 2 } } };
    const first = { ...share, id: "first", when: { nth: { to: 1 } }, levels: [{ level: 1, rate: "20" }] };
    const draft = await draftOf(world, {
      ...{ rules: [first, share], examples: [], composition: "best" },
      tiers: [{ id: "one", name: "One", at_least: { qualified: 1 }, multiplier: "150" }],
      caps: [{ id: "all", scope: "participant", period: "ever", amount: money(40_000) }],
    });
    const result = await replayed(world, draft.id);
    // Anna: the first brings 20 %, the second 10 % at her tier, the third what is left of the cap. Bob: 20 %.
    expect(result.by_level).toMatchObject([{ level: 1, draft: money(20_000 + 15_000 + 5_000 + 20_000) }, {}]);
    expect(result.caps).toEqual([{ side: "draft", cap: "all", hits: 1 }]);
    expect(result.winners.map((one) => [one.participant_id, one.draft.amount])).toEqual([
      [anna.id, 40_000],
      [bob.id, 20_000],
    ]);
    const later = await replayed(world, draft.id, { kind: "history", from: new Date().toISOString() });
    expect(later).toMatchObject({ conversions: 0, costs: [] });
  });

  it("pays for sign-ups that no plan has paid for, once each, and not for those that were paid for", async () => {
    const world = await createWorld(database.db);
    await createLine(world, 3);
    const points = {
      ...{ id: "joined", rule: "points", on: "signup" },
      levels: [1, 2].map((level) => ({ level, points: 10 })),
    };
    const terms = { rules: [points], examples: [] };
    const draft = await draftOf(world, terms);
    expect(await replayed(world, draft.id)).toMatchObject({
      ...{ conversions: 2, from: expect.any(String) },
      by_level: [
        { level: 1, current: { amount: 0 }, draft: { amount: 20, currency: "PTS" } },
        { level: 2, current: { amount: 0 }, draft: { amount: 10, currency: "PTS" } },
      ],
    });
    await world.publish(document(terms));
    await createLine(world, 2);
    await world.work();
    const both = await replayed(world, draft.id);
    expect(both.costs).toEqual([
      { current: { amount: 10, currency: "PTS" }, draft: { amount: 40, currency: "PTS" } },
    ]);
  });

  it("stays on what was given under promotions, caps and tiers, after refunds, and says what was spent", async () => {
    const world = await createWorld(database.db);
    const people = await createLine(world, 5);
    const money = (amount: number) => ({ amount, currency: "INR" });
    const first = { ...rate("20").rules[0], id: "first", when: { nth: { to: 2 } } };
    await world.publish(
      document({
        ...{ rules: [first, ...rate("5", "2", "1").rules], examples: [], composition: "best" },
        tiers: [{ id: "one", name: "One", at_least: { qualified: 1 }, multiplier: "130" }],
        caps: [{ id: "month", scope: "participant", period: "month", amount: money(90_000) }],
      }),
    );
    // It begins in a minute, and clocks may be ahead by more.
    const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1_000);
    const wall = (seconds: number) => inSeconds(seconds).toISOString().slice(0, 19);
    const written = { name: "Half more", starts_at: wall(60), ends_at: wall(600), multiplier: "150" };
    const launched = await post(world, "/v1/promotions", { document: { ...written, budget: money(40_000) } });
    expect(launched.status, JSON.stringify(launched.body)).toBe(201);
    await liveThrough(world, people, 11, 30, { at: inSeconds(120) });
    const [published] = (await get(world, "/v1/plans")).body["data"] as { id: string }[];
    const result = await replayed(world, published?.id ?? "");
    expect(result.refunds).toBeGreaterThan(0);
    expect(result.caps.length).toBe(2);
    expect(result.promotions).toMatchObject([
      { side: "current", promotion: "Half more", spent: { currency: "INR" } },
      { side: "draft", promotion: "Half more" },
    ]);
    expect(result.costs[0]?.current.amount).toBe(await earned(world, people));
    expect(result.costs[0]?.draft).toEqual(result.costs[0]?.current);
    expect([result.winners, result.losers]).toEqual([[], []]);
  });

  it("looks only at what occurred in the time that was asked for", async () => {
    const world = await createWorld(database.db);
    const [, bob] = (await createLine(world, 2)) as [Person, Person];
    const days = [1, 2, 3].map((day) => new Date(Date.UTC(2026, 2, day)));
    const sales = [];
    for (const at of days) sales.push(await world.buy(bob, 200_000, { at }));
    for (const sale of sales) await world.refund(sale, 1_000);
    const { id } = await draftOf(world, rate("1"));
    const result = await replayed(world, id, {
      ...{ kind: "history", from: "2026-03-02T00:00:00Z", to: "2026-03-03T00:00:00Z" },
    });
    expect(result).toMatchObject({ conversions: 1, refunds: 1, from: "2026-03-02T00:00:00.000Z" });
    const refused = await post(world, `/v1/plans/${id}/replay`, {
      source: { kind: "history", from: "2026-02-31T00:00:00Z" },
    });
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ pointer: "/source/from" }] } });
  });

  it("keeps the text as it was asked about", async () => {
    const world = await createWorld(database.db);
    const draft = await draftOf(world, rate("1"));
    const asked = await ask(world, draft.id);
    await doors.ask(writingKey(world.programId), "PATCH", `/v1/plans/${draft.id}`, {
      ...{ body: { document: document(rate("2")) }, headers: { "if-match": "*" } },
    });
    expect((await read(world, asked)).plan_hash).toBe(draft.hash);
  });

  it("comes to nothing in a program where nothing has happened", async () => {
    const world = await createWorld(database.db, { template: null });
    const result = await replayed(world, (await draftOf(world, rate("1"))).id);
    expect(result).toMatchObject({
      conversions: 0,
      costs: [],
      from: null,
      share_of_revenue: { draft: null },
    });
  });
});

describe("a simulated network", () => {
  it("tells the same story for the same seed, with both plans", async () => {
    const world = await createWorld(database.db);
    const draft = await draftOf(world, rate("10", "1"));
    const source = { kind: "simulation", participants: 60, months: 3, seed: 7 };
    const one = await replayed(world, draft.id, source);
    expect(one.conversions).toBeGreaterThan(500);
    expect(one.refunds).toBeGreaterThan(0);
    expect(one.costs[0]?.draft.amount).toBeGreaterThan(one.costs[0]?.current.amount ?? 0);
    expect(one.winners.length).toBeGreaterThan(0);
    expect(one.examples[0]?.conversion_id).toBeNull();
    expect(await replayed(world, draft.id, source)).toEqual(one);
    expect(await replayed(world, draft.id, { ...source, seed: 8 })).not.toEqual(one);
  });
});

describe("a replay as work", () => {
  it("is told in the log when it has come to its end, and stays", async () => {
    const world = await createWorld(database.db);
    const { id: planId } = await draftOf(world, rate("1"));
    const asked = await ask(world, planId);
    expect(asked).toMatchObject({ state: "queued", progress: { done: 0, total: null }, result: null });
    expect(await work(world)).toBe(1);
    expect(await work(world)).toBe(0);
    const events = await world.read((reader) =>
      findEvents(reader, { position: 0n, id: "" }, 1n << 62n, 9, ["replay.completed"]),
    );
    expect(events.map(({ subjectId, data }) => [subjectId, data.object?.["state"]])).toEqual([
      [asked.id, "completed"],
    ]);
    const other = await ask(world, (await draftOf(world, rate("2"))).id);
    const all = (await get(world, "/v1/replays")).body as { data: ReplayAnswer[] };
    expect(all.data.map(({ id }) => id)).toEqual([other.id, asked.id]);
    const some = (await get(world, `/v1/replays?plan_id=${planId}`)).body as { data: ReplayAnswer[] };
    expect(some.data.map(({ id }) => id)).toEqual([asked.id]);
  });

  it("can be cancelled before it has ended, also while it runs", async () => {
    const world = await createWorld(database.db);
    const { id } = await draftOf(world, rate("1"));
    const waiting = await ask(world, id);
    expect(await post(world, `/v1/replays/${waiting.id}/cancel`)).toMatchObject({
      body: { state: "cancelled" },
    });
    expect(await work(world)).toBe(0);
    const long = await ask(world, id, { kind: "simulation", participants: 3_000, months: 6, seed: 1 });
    const running = work(world);
    await expect.poll(async () => (await read(world, long)).progress.total).toBe(33_000);
    expect((await post(world, `/v1/replays/${long.id}/cancel`)).status).toBe(200);
    expect(await running).toBe(1);
    expect(await read(world, long)).toMatchObject({ state: "cancelled", result: null });
    expect(await post(world, `/v1/replays/${long.id}/cancel`)).toMatchObject({
      ...{ status: 409, body: { code: "replay_ended" } },
    });
    expect((await post(world, "/v1/replays/rpl_unknown/cancel")).status).toBe(404);
    expect((await get(world, "/v1/replays/rpl_unknown")).status).toBe(404);
  });

  it("is taken up again when its worker has ended, and given up when that happens again", async () => {
    const world = await createWorld(database.db);
    const asked = await ask(world, (await draftOf(world, rate("1"))).id);
    const silent = (attempts: number) =>
      world.write((tx) =>
        tx.run(sql`
          update replays set state = 'running', attempts = ${attempts}::int, seen_at = now() - interval '2 minutes'
           where program_id = ${tx.programId} and id = ${asked.id}`),
      );
    await silent(1);
    expect(await work(world)).toBe(1);
    expect((await read(world, asked)).state).toBe("completed");
    const again = await ask(world, asked.plan_id);
    await world.write((tx) =>
      tx.run(sql`
        update replays set state = 'running', attempts = 2, seen_at = now() - interval '2 minutes'
         where program_id = ${tx.programId} and id = ${again.id}`),
    );
    expect(await work(world)).toBe(1);
    expect(await read(world, again)).toMatchObject({
      ...{ state: "failed", reason: "The worker ended twice while it replayed this plan." },
    });
  });

  it("is left alone while its worker is alive", async () => {
    const world = await createWorld(database.db);
    const asked = await ask(world, (await draftOf(world, rate("1"))).id);
    await world.write((tx) =>
      tx.run(sql`
        update replays set state = 'running', attempts = 1, seen_at = now()
         where program_id = ${tx.programId} and id = ${asked.id}`),
    );
    expect(await work(world)).toBe(0);
  });

  it("waits with nine others and no more", async () => {
    const world = await createWorld(database.db);
    const { id } = await draftOf(world, rate("1"));
    for (let i = 0; i < 10; i++) await ask(world, id);
    const refused = await post(world, `/v1/plans/${id}/replay`, { source: HISTORY });
    expect(refused).toMatchObject({ status: 429, body: { code: "too_many_replays" } });
    expect((await post(world, "/v1/plans/pln_unknown/replay", { source: HISTORY })).status).toBe(404);
  });

  it("belongs to one program", async () => {
    const [mine, theirs] = [await createWorld(database.db), await createWorld(database.db)];
    const asked = await ask(mine, (await draftOf(mine, rate("1"))).id);
    expect((await get(theirs, `/v1/replays/${asked.id}`)).status).toBe(404);
    expect(await work(theirs)).toBe(0);
  });
});
