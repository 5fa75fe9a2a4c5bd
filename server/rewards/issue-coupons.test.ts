import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { participantActor } from "../../tests/support/doors.ts";
import { expectRefused, type MoneyDesk, openMoneyDesk } from "../../tests/support/money-desk.ts";
import { createWorld, type Person, type World } from "../../tests/support/world.ts";
import { parseCode } from "../links/code.ts";
import type { CouponAnswer } from "./contract/coupons.ts";
import { createRewards } from "./create-rewards.ts";
import { expireDueRewards } from "./expire-due-rewards.ts";
import { UNUSED } from "./reward-use.ts";

const database = useDatabase();
const LONG_AGO = new Date(Date.now() - 30 * 86_400_000);
const VOUCHER = { id: "voucher", label: "10 % off your next order", value: { percent: "10" } };

let world: World;
let desk: MoneyDesk;
let owner: pg.Client;
let anna: Person;
let bob: Person;
let count = 0;

beforeAll(async () => {
  world = await createWorld(database.db, { joinedAt: LONG_AGO });
  desk = await openMoneyDesk(world);
  owner = new pg.Client(database.owner);
  await owner.connect();
  anna = await world.join("Anna");
  bob = await world.join("Bob", { under: anna });
});
afterAll(async () => {
  await owner.end();
  await desk.close();
});

/** A purchase for which Anna was given a coupon beside her money. */
async function granted(status: "available" | "pending" = "available") {
  const externalId = `order-${++count}`;
  const sale = await world.buy(bob, 200_000, {
    externalId,
    at: status === "available" ? LONG_AGO : new Date(),
  });
  const reward = {
    ...(sale.rewards[0] as (typeof sale.rewards)[number]),
    ...UNUSED,
    ...{
      id: world.db.newId("rwd"),
      rule: VOUCHER.id,
      kind: "points" as const,
      currency: "CPN",
      amountMinor: 1n,
    },
  };
  const facts = { plan: { document: { ...sale.facts.plan.document, rules: [VOUCHER] } as never } };
  await world.write((tx) =>
    createRewards(tx, [
      {
        conversion: sale.conversion,
        rewards: [reward],
        referralStatus: "rewarded",
        qualifies: false,
        rate: null,
        facts,
      },
    ]),
  );
  // The purchase was told before; this one is about the coupon.
  await owner.query(
    `delete from events where id = (select max(id) from events where subject_id = $1 and type = 'conversion.settled')`,
    [sale.conversion.id],
  );
  const { body } = await desk.get<{ data: CouponAnswer[] }>(`/v1/coupons?participant_id=${anna.id}&limit=1`);
  return { coupon: body.data[0] as CouponAnswer, externalId, rewardId: reward.id };
}
const redeem = (code: string | null, external_id: string) =>
  desk.post<CouponAnswer>(`/v1/coupons/${code}/redeem`, { external_id });
const coupons = async () =>
  (await world.balances(anna))
    .filter(({ currency }) => currency === "CPN")
    .map(({ available, paid }) => [available, paid]);

describe("a coupon", () => {
  it("has a code that nobody can misread, and works once however often it is asked at once", async () => {
    const { coupon } = await granted();
    expect(parseCode(coupon.code ?? "")).toBe(coupon.code);
    expect(coupon).toMatchObject({ label: VOUCHER.label, value: { percent: "10" }, status: "available" });
    const before = await coupons();
    const all = await Promise.all(
      Array.from({ length: 64 }, (_, index) => redeem(coupon.code, `shop-${index}`)),
    );
    expect(all.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const refused of all.filter(({ status }) => status !== 201))
      expectRefused(refused, 409, "coupon_used");
    expect(await coupons()).toEqual(before.map(([available = 0, paid = 0]) => [available - 1, paid + 1]));
    await world.work();
    expect(await desk.broken()).toEqual([]);
  });

  it("answers the same order the same, as often as it asks, in whatever spelling", async () => {
    const { coupon } = await granted();
    const typed = (coupon.code ?? "").toUpperCase().replace(/(.{5})/, "$1-");
    const all = await Promise.all(Array.from({ length: 10 }, () => redeem(typed, "shop-same")));
    expect(all.map(({ status }) => status).sort()).toEqual([...Array(9).fill(200), 201]);
    for (const { body } of all) expect(body).toMatchObject({ status: "redeemed", external_id: "shop-same" });
    expect((await desk.get<CouponAnswer>(`/v1/coupons/${typed}`)).body).toMatchObject({ status: "redeemed" });
  });

  it("says clearly why it cannot be used", async () => {
    expectRefused(await redeem("23456789ab", "shop-1"), 404, "unknown_coupon");
    expectRefused(await redeem("never", "shop-1"), 404, "unknown_coupon");
    expectRefused(await desk.get("/v1/coupons/never"), 404, "unknown_coupon");

    const waiting = await granted("pending");
    expectRefused(await redeem(waiting.coupon.code, "shop-2"), 409, "coupon_not_available");

    const refunded = await granted();
    await desk.refund(`ext:${refunded.externalId}`, `${refunded.externalId}-refund`, 200_000);
    expectRefused(await redeem(refunded.coupon.code, "shop-3"), 409, "coupon_withdrawn");

    const late = await granted();
    await owner.query("update rewards set expires_at = now() - interval '1 second' where id = $1", [
      late.rewardId,
    ]);
    // Also before the worker has come by.
    expectRefused(await redeem(late.coupon.code, "shop-4"), 409, "coupon_expired");
    await world.write(expireDueRewards);
    expectRefused(await redeem(late.coupon.code, "shop-4"), 409, "coupon_expired");
    expect((await desk.get<CouponAnswer>(`/v1/coupons/${late.coupon.code}`)).body.status).toBe("expired");
    expect(await desk.broken()).toEqual([]);
  });

  it("shows its owner the code once it can be used", async () => {
    const waiting = await granted("pending");
    const usable = await granted();
    const { body } = await desk.get<{ data: CouponAnswer[] }>(
      "/v1/coupons",
      participantActor(world.programId, anna.id),
    );
    const codeOf = (id: string) => body.data.find(({ reward_id }) => reward_id === id)?.code;
    expect(codeOf(waiting.rewardId)).toBeNull();
    expect(codeOf(usable.rewardId)).toBe(usable.coupon.code);
    const other = await desk.get<{ data: CouponAnswer[] }>(
      "/v1/coupons",
      participantActor(world.programId, bob.id),
    );
    expect(other.body.data).toEqual([]);
  });
});
