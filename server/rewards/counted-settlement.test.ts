import { afterEach, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { expectRefused, type MoneyDesk, openMoneyDesk } from "../../tests/support/money-desk.ts";
import { createWorld, type Person, type World } from "../../tests/support/world.ts";
import { wallTime } from "../primitives/period.ts";
import { suspendParticipant } from "../referrals/suspend-participant.ts";
import type { PromotionAnswer } from "./contract/promotions.ts";
import type { ConversionAnswer, TraceAnswer } from "./contract.ts";
import { listCounters } from "./store/counters.ts";
import { twoLevel } from "./templates/two-level.ts";

const database = useDatabase();
const PURCHASES = 64;
const SECOND = 1_000;
const desks: MoneyDesk[] = [];
afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.close();
});

const money = (amount: number, currency = "INR") => ({ amount, currency });
const fixed = (id: string, level: number, amount: number, more: object = {}) => ({
  ...{ id, rule: "fixed_amount", on: "purchase", levels: [{ level, amount: money(amount) }] },
  ...more,
});
const planOf = (rules: object[], more: object = {}) => ({
  ...(twoLevel.document("INR") as object),
  ...{ examples: [], direct_limit: null, rules },
  ...more,
});

async function openDesk(world: World): Promise<MoneyDesk> {
  const desk = await openMoneyDesk(world);
  desks.push(desk);
  return desk;
}

/** Two instances of the server's intake, so that their batches meet in the database. */
async function begin(document: object) {
  const world = await createWorld(database.db);
  await world.publish(document);
  const [one, other] = [await openDesk(world), await openDesk(world)];
  const buyAll = async (buyers: readonly Person[]) => {
    // The first purchases begin the counters; only with rows that are there do locks alone keep batches apart.
    const begun: ConversionAnswer[] = [];
    for (const [n, buyer] of buyers.entries()) begun.push((await one.buy(buyer, `first-${n}`, 100_000)).body);
    const together = await Promise.all(
      Array.from({ length: PURCHASES }, async (_, index) => {
        const desk = index % 2 === 0 ? one : other;
        const { status, body } = await desk.buy(
          buyers[index % buyers.length] as Person,
          `o-${index}`,
          100_000,
        );
        expect(status).toBe(201);
        return body;
      }),
    );
    return [...begun, ...together];
  };
  const values = async () =>
    Object.fromEntries(
      (await world.read((reader) => listCounters(reader, "", 1_000))).map(({ key, value }) => [key, value]),
    );
  return { world, desk: one, buyAll, values };
}

const soon = (seconds: number) => wallTime(new Date(Date.now() + seconds * SECOND), "UTC");
const paidIn = (orders: readonly ConversionAnswer[], level = 1) =>
  orders
    .flatMap(({ rewards }) => rewards)
    .filter((reward) => reward.level === level)
    .map(({ amount }) => amount.amount);
const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A promotion begins at a full second, a little later than now. */
async function launch(desk: MoneyDesk, terms: object): Promise<PromotionAnswer> {
  const document = { name: "Festival", starts_at: soon(1), ends_at: soon(3_600), ...terms };
  const { status, body } = await desk.post<PromotionAnswer>("/v1/promotions", { document });
  expect(status, JSON.stringify(body)).toBe(201);
  await pause(Math.max(0, Date.parse(body.starts_at) - Date.now()) + 50);
  return body;
}

describe("many purchases at once", () => {
  it("spend a budget to its last unit and never beyond", async () => {
    const { world, desk, buyAll } = await begin(planOf([fixed("share", 1, 1_000)]));
    const anna = await world.join("Anna");
    const bob = await world.join("Bob", { under: anna });
    const { id } = await launch(desk, { multiplier: "150", budget: money(10_250) });
    const extras = paidIn(await buyAll([bob])).map((amount) => amount - 1_000);
    expect(sum(extras)).toBe(10_250);
    expect(extras.filter((extra) => extra !== 0 && extra !== 500)).toEqual([250]);
    const { body } = await desk.get<PromotionAnswer>(`/v1/promotions/${id}`);
    expect(body).toMatchObject({ state: "running", spent: money(10_250) });
  });

  it("fill a cap exactly", async () => {
    const cap = { id: "all", scope: "program", period: "month", amount: money(12_345) };
    const { world, buyAll } = await begin(planOf([fixed("share", 1, 1_000)], { caps: [cap] }));
    const anna = await world.join("Anna");
    const bob = await world.join("Bob", { under: anna });
    const orders = await buyAll([bob]);
    expect(sum(paidIn(orders))).toBe(12_345);
    const reached = orders.filter(({ passes }) => passes.some(({ reason }) => reason === "cap_reached"));
    expect(reached).toHaveLength(1 + PURCHASES - 13);
  });

  it("let exactly the first so many people into a promotion", async () => {
    const { world, desk, buyAll } = await begin(planOf([fixed("share", 1, 1_000)]));
    const buyers: Person[] = [];
    for (let n = 0; n < 8; n++)
      buyers.push(await world.join(`Buyer ${n}`, { under: await world.join(`Advocate ${n}`) }));
    const { id } = await launch(desk, { add: money(500), advocates_max: 3 });
    const rewards = (await buyAll(buyers)).flatMap((order) => order.rewards);
    const lucky = new Set(
      rewards.filter(({ amount }) => amount.amount === 1_500).map((one) => one.participant_id),
    );
    expect(lucky.size).toBe(3);
    for (const { participant_id, amount } of rewards)
      expect(amount.amount).toBe(lucky.has(participant_id) ? 1_500 : 1_000);
    expect((await desk.get<PromotionAnswer>(`/v1/promotions/${id}`)).body.advocates).toBe(3);
  });

  it("are numbered without a gap, and the referral is qualified once", async () => {
    const first = fixed("first", 1, 700, { when: { nth: { to: 1 } } });
    const tenth = fixed("tenth", 1, 900, { when: { nth: { from: 10, to: 10 } } });
    const bonus = { id: "bonus", rule: "milestone_bonus", on: "qualified", at: [1], pays: money(5_000) };
    const { world, buyAll, values } = await begin(planOf([first, tenth, fixed("share", 1, 10), bonus]));
    const anna = await world.join("Anna");
    const bob = await world.join("Bob", { under: anna });
    const orders = await buyAll([bob]);
    const paid = paidIn(orders).filter((amount) => amount !== 10);
    expect(paid.sort((a, b) => a - b)).toEqual([700, 900, 5_000]);
    expect(await values()).toMatchObject({
      [`nth:${bob.id}:purchase`]: BigInt(1 + PURCHASES),
      [`qualified:${anna.id}`]: 1n,
    });
  });
});

describe("what was counted", () => {
  it("knows the purchases from before the plan asked for it", async () => {
    const { world, desk } = await begin(planOf([fixed("share", 1, 1_000)]));
    const bob = await world.join("Bob", { under: await world.join("Anna") });
    await desk.buy(bob, "before", 100_000);
    await world.publish(planOf([fixed("second", 1, 1_000, { when: { nth: { from: 2, to: 2 } } })]));
    expect(paidIn([(await desk.buy(bob, "second", 100_000)).body])).toEqual([1_000]);
    const { body } = await desk.buy(bob, "third", 100_000);
    expect(body.passes.map(({ reason }) => reason)).toEqual(["not_nth"]);
  });

  it("is free again after a refund, and used again when a chargeback is reversed", async () => {
    const cap = { id: "once", scope: "participant", period: "ever", amount: money(1_000) };
    const { world, desk, values } = await begin(planOf([fixed("share", 1, 1_000)], { caps: [cap] }));
    const anna = await world.join("Anna");
    const bob = await world.join("Bob", { under: anna });
    const key = `cap:once:${anna.id}:ever`;
    const { body } = await desk.buy(bob, "one", 100_000);
    const back = await desk.chargeback(body.id, "cb", 40_000);
    expect(await values()).toMatchObject({ [key]: 600n });
    expect(paidIn([(await desk.buy(bob, "two", 100_000)).body])).toEqual([400]);
    await desk.post(`/v1/chargebacks/${back.body.id}/reverse`);
    expect(await values()).toMatchObject({ [key]: 1_400n });
    expect(await desk.broken()).toEqual([]);
  });

  it("stays in the trace as it was, whatever has been counted since", async () => {
    const cap = { id: "once", scope: "participant", period: "ever", amount: money(1_500) };
    const { world, desk } = await begin(planOf([fixed("share", 1, 1_000)], { caps: [cap] }));
    const bob = await world.join("Bob", { under: await world.join("Anna") });
    await launch(desk, { add: money(100) });
    const orders = [];
    for (const ref of ["one", "two", "three"]) orders.push((await desk.buy(bob, ref, 100_000)).body);
    expect(paidIn(orders)).toEqual([1_100, 400]);
    const lines = [];
    for (const { id } of orders)
      lines.push(...(await desk.get<TraceAnswer>(`/v1/conversions/${id}/trace`)).body.lines);
    expect(lines.map(({ amount, reason }) => amount?.amount ?? reason)).toEqual([1_100, 400, "cap_reached"]);
  });
});

describe("a milestone", () => {
  it("goes back when a friend no longer counts, and is paid when it is reached again", async () => {
    const bonus = { id: "bonus", rule: "milestone_bonus", on: "qualified", at: [2], pays: money(5_000) };
    const plan = planOf([fixed("share", 1, 1_000), bonus], {
      on_refund: { caps: "give_back", milestones: "take_back" },
    });
    const { world, desk, values } = await begin(plan);
    const anna = await world.join("Anna");
    const [bob, carol] = [
      await world.join("Bob", { under: anna }),
      await world.join("Carol", { under: anna }),
    ];
    const one = (await desk.buy(bob, "one", 100_000)).body;
    expect(paidIn([one])).toEqual([1_000]);
    const two = (await desk.buy(carol, "two", 100_000)).body;
    expect(paidIn([two])).toEqual([1_000, 5_000]);

    await desk.refund(one.id, "part", 99_999);
    expect(await values()).toMatchObject({ [`qualified:${anna.id}`]: 2n });
    const rest = (await desk.refund(one.id, "rest", 1)).body;
    // Its own share, and the bonus that came with another purchase.
    const lostBonus = two.rewards.find(({ rule }) => rule === "bonus")?.id;
    expect(rest.reversals.find(({ reward_id }) => reward_id === lostBonus)?.amount).toEqual(money(5_000));
    expect(rest.reversals).toHaveLength(2);
    expect((await desk.get<typeof rest>(`/v1/refunds/${rest.id}`)).body.reversals).toEqual(rest.reversals);
    expect(await values()).toMatchObject({ [`qualified:${anna.id}`]: 1n });
    expect((await world.balances(anna))[0]).toMatchObject({ pending: 1_000 });
    expect(await desk.broken()).toEqual([]);

    const three = (await desk.buy(bob, "three", 100_000)).body;
    expect(paidIn([three])).toEqual([1_000, 5_000]);
    const back = await desk.chargeback(three.id, "cb", 100_000);
    expect((await world.balances(anna))[0]).toMatchObject({ pending: 1_000 });
    await desk.post(`/v1/chargebacks/${back.body.id}/reverse`);
    expect((await world.balances(anna))[0]).toMatchObject({ pending: 2_000 });
    expect(await values()).toMatchObject({ [`qualified:${anna.id}`]: 1n });
    expect(paidIn([(await desk.buy(bob, "four", 100_000)).body])).toEqual([1_000, 5_000]);
    expect(await desk.broken()).toEqual([]);
  });

  it("stays where the plan keeps it", async () => {
    const bonus = { id: "bonus", rule: "milestone_bonus", on: "qualified", at: [2], pays: money(5_000) };
    const { world, desk, values } = await begin(planOf([fixed("share", 1, 1_000), bonus]));
    const anna = await world.join("Anna");
    const one = (await desk.buy(await world.join("Bob", { under: anna }), "one", 100_000)).body;
    await desk.buy(await world.join("Carol", { under: anna }), "two", 100_000);
    await desk.refund(one.id, "all", 100_000);
    expect((await world.balances(anna))[0]).toMatchObject({ pending: 6_000 });
    expect(await values()).toMatchObject({ [`qualified:${anna.id}`]: 2n });
  });
});

describe("rewards of every kind", () => {
  it("go to the friend at level 0, and wait in the held purse for who is suspended", async () => {
    const plan = planOf([fixed("welcome", 0, 300), fixed("share", 1, 1_000)], { inactive_upline: "hold" });
    const { world, desk } = await begin(plan);
    const anna = await world.join("Anna");
    const bob = await world.join("Bob", { under: anna });
    await world.write((tx) => suspendParticipant(tx, anna.id, "We look into something."));
    const { body } = await desk.buy(bob, "one", 100_000);
    expect(body.rewards.map(({ level, participant_id, status }) => [level, participant_id, status])).toEqual([
      [0, bob.id, "pending"],
      [1, anna.id, "held"],
    ]);
    expect((await world.balances(anna))[0]).toMatchObject({ held: 1_000, pending: 0 });
    expect((await world.balances(bob))[0]).toMatchObject({ pending: 300 });
    expect(await desk.broken()).toEqual([]);
  });
});

describe("a promotion", () => {
  it("is refused with the places that are wrong, and when it would begin in the past", async () => {
    const { desk } = await begin(planOf([fixed("share", 1, 1_000)]));
    const wrong = { name: "X", starts_at: soon(-60), ends_at: soon(60), multiplier: "200" };
    const past = await desk.post("/v1/promotions", { document: wrong });
    expectRefused(past, 422, "invalid_promotion");
    const unknown = await desk.post("/v1/promotions", {
      document: { ...wrong, starts_at: soon(30), rules: ["nobody"] },
    });
    expect(JSON.stringify(unknown.body)).toContain("unknown_rule");
  });

  it("adds nothing any more once it was ended, and is ended once", async () => {
    const { world, desk } = await begin(planOf([fixed("share", 1, 1_000)]));
    const bob = await world.join("Bob", { under: await world.join("Anna") });
    const { id } = await launch(desk, { multiplier: "200" });
    expect(paidIn([(await desk.buy(bob, "during", 100_000)).body])).toEqual([2_000]);
    const ended = await desk.post<PromotionAnswer>(`/v1/promotions/${id}/end`);
    expect(ended).toMatchObject({ status: 200, body: { state: "over" } });
    expect(paidIn([(await desk.buy(bob, "after", 100_000)).body])).toEqual([1_000]);
    const again = await desk.post<PromotionAnswer>(`/v1/promotions/${id}/end`);
    expect(again.body.ended_at).toBe(ended.body.ended_at);
    const { body } = await desk.get<{ data: PromotionAnswer[] }>("/v1/promotions");
    expect(body.data.map((one) => [one.id, one.state])).toEqual([[id, "over"]]);
    expectRefused(await desk.post("/v1/promotions/pro_unknown/end"), 404, "not_found");
  });
});
