import fc from "fast-check";
import { sql } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { participantActor } from "../../tests/support/doors.ts";
import { expectRefused, type MoneyDesk, openMoneyDesk } from "../../tests/support/money-desk.ts";
import { createWorld, type Person, type World } from "../../tests/support/world.ts";
import { cancelOldDebts } from "./cancel-old-debts.ts";
import type { RedemptionAnswer } from "./contract/redemptions.ts";
import type { RewardAnswer } from "./contract.ts";
import { expireDueRewards } from "./expire-due-rewards.ts";
import { expire, expiresAt, expiresDaysOf } from "./expiry.ts";
import { consume } from "./redemption.ts";

const EVENTS_OF = (participantId: string) =>
  sql`select data::text as text from events where audience[1] = ${participantId} and type = 'reward.redeemed'`;
const POINTS_FOR_PURCHASES = {
  name: "Points for purchases",
  currency: "INR",
  direct_limit: null,
  overflow: "reject",
  inactive_upline: "lapse",
  hold_days: 0,
  attribution_window_days: 30,
  composition: "all",
  rules: [{ id: "points", rule: "points", on: "purchase", levels: [{ level: 1, points: 100 }] }],
};

const database = useDatabase();
let world: World;
let desk: MoneyDesk;
let owner: pg.Client;

beforeAll(async () => {
  world = await createWorld(database.db, { template: "points" });
  desk = await openMoneyDesk(world);
  owner = new pg.Client(database.owner);
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await desk.close();
});

/** Somebody with so many rewards of ten points each, the first one oldest. */
async function collector(rewards: number): Promise<{ anna: Person; friends: Person[] }> {
  const anna = await world.join("Anna");
  const friends: Person[] = [];
  for (let index = 0; index < rewards; index++) friends.push(await world.join("Friend", { under: anna }));
  await world.work();
  return { anna, friends };
}
const redeem = (person: Person, amount: number, fields: object = {}, key?: string) =>
  desk.post<RedemptionAnswer>(
    `/v1/participants/${person.id}/redemptions`,
    { currency: "PTS", amount, ...fields },
    key,
  );
const giveBack = (person: Person, id: string) =>
  desk.post<RedemptionAnswer>(`/v1/participants/${person.id}/redemptions/${id}/reverse`);
const points = async (person: Person) => {
  const balance = (await world.balances(person)).find(({ currency }) => currency === "PTS");
  return [balance?.available ?? 0, balance?.paid ?? 0];
};
const rewardsOf = async (person: Person): Promise<RewardAnswer[]> =>
  (await desk.get<{ data: RewardAnswer[] }>(`/v1/rewards?participant_id=${person.id}`)).body.data.reverse();
const used = async (person: Person) =>
  (await rewardsOf(person)).map(({ redeemed, expired, status }) => [redeemed.amount, expired.amount, status]);
/** Lets the person's rewards, oldest first, expire at these distances from now. */
const expireIn = async (person: Person, days: readonly (number | null)[]) => {
  for (const [index, { id }] of (await rewardsOf(person)).entries())
    await owner.query("update rewards set expires_at = now() + make_interval(days => $2) where id = $1", [
      id,
      days[index] ?? null,
    ]);
};

describe("redeeming points", () => {
  it("moves what is available to paid, the oldest to expire first", async () => {
    const { anna } = await collector(3);
    await expireIn(anna, [null, 20, 10]);
    const answer = await redeem(anna, 15, { note: "A mug" });
    expect(answer).toMatchObject({
      status: 201,
      body: { amount: { amount: 15, currency: "PTS" }, note: "A mug" },
    });
    expect(await points(anna)).toEqual([15, 15]);
    expect(await used(anna)).toEqual([
      [0, 0, "available"],
      [5, 0, "available"],
      [10, 0, "paid"],
    ]);
    await redeem(anna, 15);
    expect(await used(anna)).toEqual(Array(3).fill([10, 0, "paid"]));
    expect((await rewardsOf(anna)).map(({ display_status }) => display_status)).toEqual(
      Array(3).fill("Used"),
    );
    const left = await redeem(anna, 1);
    expectRefused(left, 409, "insufficient_balance");
    expect(left.body.detail).toBe("0 minor units of PTS are available.");
    await world.work();
    expect(await desk.broken()).toEqual([]);
  });

  it("never takes more than there is, 32 at once", async () => {
    const { anna } = await collector(2);
    const answers = await Promise.all(Array.from({ length: 32 }, () => redeem(anna, 3)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(6);
    for (const refused of answers.filter(({ status }) => status !== 201))
      expectRefused(refused, 409, "insufficient_balance");
    expect(await points(anna)).toEqual([2, 18]);
    expect(await desk.broken()).toEqual([]);
  });

  it("happens once for a key and once for an external id", async () => {
    const { anna } = await collector(1);
    const keyed = await Promise.all(Array.from({ length: 4 }, () => redeem(anna, 4, {}, `key-${anna.id}`)));
    expect(keyed.filter(({ status }) => status === 201).length).toBeGreaterThanOrEqual(1);
    expect(await points(anna)).toEqual([6, 4]);
    const known = { external_id: `mug-${anna.id}` };
    const named = await Promise.all(Array.from({ length: 4 }, () => redeem(anna, 5, known)));
    expect(named.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
    expect(await points(anna)).toEqual([1, 9]);
    expectRefused(await redeem(anna, 6, known), 422, "external_id_reused");
    expectRefused(await redeem((await collector(1)).anna, 5, known), 422, "external_id_reused");
  });

  it("is given back to the rewards it came from, once", async () => {
    const { anna } = await collector(2);
    const { body } = await redeem(anna, 15);
    const all = await Promise.all(Array.from({ length: 5 }, () => giveBack(anna, body.id)));
    expect(all.map(({ status, body: { status: state } }) => [status, state])).toEqual(
      Array(5).fill([200, "reversed"]),
    );
    expect(await points(anna)).toEqual([20, 0]);
    expect(await used(anna)).toEqual(Array(2).fill([0, 0, "available"]));
    expectRefused(await giveBack((await collector(1)).anna, body.id), 404, "not_found");
    expect(await desk.broken()).toEqual([]);
  });

  it("is seen by the participant, without the team's note", async () => {
    const { anna } = await collector(1);
    await redeem(anna, 3, { note: "for Anna Smith" });
    const path = "/v1/participants/me/redemptions";
    const own = await desk.get<{ data: RedemptionAnswer[] }>(
      path,
      participantActor(world.programId, anna.id),
    );
    expect(own.body.data).toMatchObject([{ amount: { amount: 3 }, note: null, status: "redeemed" }]);
    const events = await world.read((reader) => reader.many(EVENTS_OF(anna.id)));
    expect(JSON.stringify(events)).not.toContain("Smith");
    expect(events.length).toBeGreaterThan(0);
  });
});

describe("what is not used in time", () => {
  it("goes back to the program, what was used stays used", async () => {
    const { anna } = await collector(3);
    await redeem(anna, 4);
    await expireIn(anna, [-1, -1, 1]);
    expect(await world.write(expireDueRewards)).toBeGreaterThanOrEqual(2);
    expect(await world.write(expireDueRewards)).toBe(0);
    expect(await points(anna)).toEqual([10, 4]);
    expect(await used(anna)).toEqual([
      [4, 6, "expired"],
      [0, 10, "expired"],
      [0, 0, "available"],
    ]);
    await world.work();
    expect(await desk.broken()).toEqual([]);
  });

  it("expires at once when it is given back too late", async () => {
    const { anna } = await collector(2);
    const { body } = await redeem(anna, 14);
    await expireIn(anna, [-1, -1]);
    await world.write(expireDueRewards);
    // The first was used up before its time, the second only in part.
    expect(await used(anna)).toEqual([
      [10, 0, "paid"],
      [4, 6, "expired"],
    ]);
    await giveBack(anna, body.id);
    expect(await points(anna)).toEqual([10, 0]);
    await world.write(expireDueRewards);
    expect(await points(anna)).toEqual([0, 0]);
    expect(await used(anna)).toEqual(Array(2).fill([0, 10, "expired"]));
    expect(await desk.broken()).toEqual([]);
  });

  it("is exact beside redemptions that happen at the same moment", async () => {
    const { anna } = await collector(4);
    await expireIn(anna, [-1, -1, 1, 1]);
    const [, ...answers] = await Promise.all([
      world.write(expireDueRewards),
      ...Array.from({ length: 10 }, () => redeem(anna, 7)),
      world.write(expireDueRewards),
    ]);
    const redeemed = 7 * answers.filter((one) => typeof one === "object" && one.status === 201).length;
    const expired = (await rewardsOf(anna)).reduce((sum, reward) => sum + reward.expired.amount, 0);
    expect(await points(anna)).toEqual([40 - redeemed - expired, redeemed]);
    expect(await desk.broken()).toEqual([]);
  });

  it("begins to run out when it is released, as its plan says", async () => {
    const money = await createWorld(database.db, { template: null });
    await money.publish({ ...POINTS_FOR_PURCHASES, hold_days: 1, expires_days: { points: 30 } });
    const doors = await openMoneyDesk(money);
    const anna = await money.join("Anna");
    const buyer = await money.join("Bob", { under: anna });
    const { body } = await doors.buy(buyer, "points-1", 100_000);
    expect(body.rewards).toMatchObject([{ status: "pending", expires_at: null }]);
    await owner.query("update rewards set available_at = now() where program_id = $1", [money.programId]);
    expect(await money.release()).toBe(1);
    const { data } = (await doors.get<{ data: RewardAnswer[] }>("/v1/rewards")).body;
    const days = (Date.parse(data[0]?.expires_at ?? "") - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(29);
    expect(days).toBeLessThanOrEqual(30);
    // The fact says the same as the row.
    const [released] = await money.read((reader) =>
      reader.many<{ at: string }>(
        sql`select data -> 'object' ->> 'expires_at' as at from events where type = 'reward.released' and program_id = ${money.programId}`,
      ),
    );
    expect(released?.at).toBe(data[0]?.expires_at);
    await doors.close();
  });

  it("is what its plan says: days from the release", () => {
    const document = { expires_days: { points: 365 }, rules: [{ id: "voucher", expires_days: 30 }] };
    expect(expiresDaysOf(document, "points", "points")).toBe(365);
    expect(expiresDaysOf(document, "commission", "points")).toBeNull();
    expect(expiresDaysOf(document, "commission", "voucher")).toBe(30);
    expect(expiresDaysOf({}, "points", "points")).toBeNull();
    expect(expiresAt(new Date("2026-03-01T00:00:00Z"), 2)).toEqual(new Date("2026-03-03T00:00:00Z"));
  });
});

describe("a refund after points were used or expired", () => {
  it("takes back what was used, not again what expired, and leaves a debt that later points are netted with", async () => {
    const { world: money, desk: doors, anna, buyer, rewards } = await boughtPoints();
    await doors.post(`/v1/participants/${anna.id}/redemptions`, { currency: "PTS", amount: 40 });
    await owner.query("update rewards set expires_at = now() - interval '1 day' where id = $1", [
      rewards[0]?.id,
    ]);
    await money.write(expireDueRewards);
    const line = async () =>
      (await money.balances(anna)).map(({ currency, available, paid }) => [currency, available, paid]);
    expect(await line()).toEqual([["PTS", 0, 40]]);
    const half = await doors.refund("ext:points-1", "points-1-half", 50_000);
    expect(half.body.reversals).toEqual([]);
    await doors.refund("ext:points-1", "points-1-rest", 50_000);
    expect(await line()).toEqual([["PTS", -40, 40]]);
    expect(await doors.broken()).toEqual([]);
    await doors.buy(buyer, "points-2", 100_000);
    expect(await line()).toEqual([["PTS", 60, 40]]);
    const over = await doors.post(`/v1/participants/${anna.id}/redemptions`, { currency: "PTS", amount: 61 });
    expectRefused(over, 409, "insufficient_balance");
    await doors.close();
  });

  it("leaves a debt that is written off when it is old, and only then", async () => {
    const { world: money, desk: doors, anna } = await boughtPoints();
    await doors.post(`/v1/participants/${anna.id}/redemptions`, { currency: "PTS", amount: 100 });
    await doors.refund("ext:points-1", "points-1-all", 100_000);
    const available = async () => (await money.balances(anna))[0]?.available;
    const round = () => money.write((tx) => cancelOldDebts(tx, ""));
    const path = `/v1/programs/${money.programId}`;
    expect(await available()).toBe(-100);
    expect(await round()).toEqual({ after: null, done: 0 });
    expect((await doors.patch(path, { debt_write_off_days: 30 })).body).toMatchObject({
      debt_write_off_days: 30,
    });
    expect((await round()).done).toBe(0);
    await owner.query(
      "update ledger_transfers set recorded_at = now() - interval '31 days' where program_id = $1 and reason = 'reversed'",
      [money.programId],
    );
    expect((await round()).done).toBe(1);
    expect((await round()).done).toBe(0);
    expect(await available()).toBe(0);
    expect(await doors.broken()).toEqual([]);
    const { rows } = await owner.query(
      "select operation, actor_kind, changes from audit_entries where subject_id = $1",
      [anna.id],
    );
    expect(rows).toMatchObject([
      { operation: "debts.write_off", actor_kind: "system", changes: { amount: 100 } },
    ]);
    await doors.close();
  });

  /** A purchase of which somebody got 100 points that are available. */
  async function boughtPoints() {
    const money = await createWorld(database.db, { template: null });
    await money.publish(POINTS_FOR_PURCHASES);
    const doors = await openMoneyDesk(money);
    const anna = await money.join("Anna");
    const buyer = await money.join("Bob", { under: anna });
    const { body } = await doors.buy(buyer, "points-1", 100_000);
    return { world: money, desk: doors, anna, buyer, rewards: body.rewards };
  }
});

const amounts = fc.record({
  amountMinor: fc.bigInt({ min: 1n, max: 1_000n }),
  reversedMinor: fc.bigInt({ min: 0n, max: 1_000n }),
  redeemedMinor: fc.bigInt({ min: 0n, max: 1_000n }),
});
const book = fc
  .array(amounts, { maxLength: 8 })
  .map((rows) => rows.map((row, index) => ({ id: `rwd_${index}`, ...row })));
const unused = ({ amountMinor, reversedMinor, redeemedMinor }: { [key: string]: bigint | string }) => {
  const left = BigInt(amountMinor ?? 0) - BigInt(reversedMinor ?? 0) - BigInt(redeemedMinor ?? 0);
  return left > 0n ? left : 0n;
};

describe("using rewards up, whatever they are", () => {
  it("takes exactly what is asked, each to its end before the next", () => {
    fc.assert(
      fc.property(book, fc.bigInt({ min: 1n, max: 5_000n }), (rewards, asked) => {
        const { parts, restMinor } = consume(rewards, asked);
        const total = rewards.reduce((sum, reward) => sum + unused(reward), 0n);
        expect(parts.reduce((sum, { amount }) => sum + BigInt(amount), 0n) + restMinor).toBe(asked);
        expect(restMinor).toBe(asked > total ? asked - total : 0n);
        const order = parts.map(({ reward_id }) => rewards.findIndex(({ id }) => id === reward_id));
        expect(order).toEqual(order.toSorted((a, b) => a - b));
        // Whatever stands before the last part is used up whole.
        const last = order.at(-1) ?? -1;
        const before = rewards.slice(0, last).filter((reward) => unused(reward) > 0n);
        expect(parts.slice(0, -1).map(({ amount }) => BigInt(amount))).toEqual(before.map(unused));
      }),
      { numRuns: 2_000 },
    );
  });

  it("lets expire no more than is there, and nothing twice", () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 0n, max: 500n })),
        fc.bigInt({ min: -500n, max: 2_000n }),
        (due, available) => {
          const rewards = due.map((unusedMinor) => ({ unusedMinor }));
          const expired = expire(rewards, available);
          const sum = expired.reduce((total, { minor }) => total + minor, 0n);
          const all = due.reduce((total, minor) => total + minor, 0n);
          const there = available > 0n ? available : 0n;
          expect(sum).toBe(all < there ? all : there);
          for (const { reward, minor } of expired) expect(minor).toBeLessThanOrEqual(reward.unusedMinor);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
