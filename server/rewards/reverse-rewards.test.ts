import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { expectRefused, type MoneyDesk, openMoneyDesk } from "../../tests/support/money-desk.ts";
import { createWorld, type Person, type World } from "../../tests/support/world.ts";
import { postTransfers } from "../ledger/post-transfers.ts";
import { transferOf } from "../ledger/transfer.ts";
import type { ConversionAnswer, RefundAnswer, RewardAnswer, TraceAnswer } from "./contract.ts";
import { findSettlementFacts } from "./find-settlement-facts.ts";
import { settleConversions } from "./settle-conversions.ts";
import { settleOvertakenRefunds } from "./settle-overtaken-refunds.ts";

const database = useDatabase();
const LONG_AGO = new Date(Date.now() - 30 * 86_400_000).toISOString();
const LONG_BEFORE = new Date(Date.now() - 60 * 86_400_000);

let world: World;
let desk: MoneyDesk;
let anna: Person;
let bob: Person;
let carol: Person;
let count = 0;

beforeAll(async () => {
  world = await createWorld(database.db, { joinedAt: LONG_BEFORE });
  desk = await openMoneyDesk(world);
});
afterAll(() => desk.close());

const family = async () => {
  anna = await world.join("Anna");
  bob = await world.join("Bob", { under: anna });
  carol = await world.join("Carol", { under: bob });
  return `order-${++count}`;
};
const purses = async (person: Person) => {
  const [line] = await world.balances(person);
  return { pending: line?.pending ?? 0, available: line?.available ?? 0 };
};
const refundsOf = async (status: string): Promise<RefundAnswer[]> =>
  (await desk.get<{ data: RefundAnswer[] }>(`/v1/refunds?status=${status}`)).body.data;

describe("a refund that comes before its purchase", () => {
  it("waits with 202, is seen, and counts from the purchase's first moment on", async () => {
    const order = await family();
    const early = await desk.refund(`ext:${order}`, `${order}-refund`, 50_000);
    expect(early).toMatchObject({
      status: 202,
      body: { status: "waiting", conversion_id: null, waits_for: order, reversals: [] },
    });
    expect((await refundsOf("waiting")).map(({ id }) => id)).toContain(early.body.id);

    const bought = await desk.buy(carol, order, 200_000, { profit: { amount: 40_000, currency: "INR" } });
    expect(bought.status).toBe(201);
    expect(bought.body.refunded).toEqual({ amount: 50_000, currency: "INR" });
    expect(bought.body.rewards.map(({ amount, reversed }) => [amount.amount, reversed.amount])).toEqual([
      [2_000, 500],
      [400, 100],
    ]);
    expect(await purses(bob)).toEqual({ pending: 1_500, available: 0 });
    const { body } = await desk.get<RefundAnswer>(`/v1/refunds/${early.body.id}`);
    expect(body).toMatchObject({ status: "applied", conversion_id: bought.body.id, waits_for: order });
    expect(body.reversals.map(({ amount }) => amount.amount)).toEqual([500, 100]);
    expect((await refundsOf("waiting")).map(({ id }) => id)).not.toContain(early.body.id);
    expect(await desk.broken()).toEqual([]);
  });

  it("is one refund by its external id, before and after", async () => {
    const order = await family();
    const ask = (amount: number) => desk.refund(`ext:${order}`, `${order}-refund`, amount);
    const all = await Promise.all(Array.from({ length: 8 }, () => ask(1_000)));
    expect(all.map(({ status }) => status).sort()).toEqual([...Array(7).fill(200), 202]);
    expect(new Set(all.map(({ body }) => body.id)).size).toBe(1);
    expectRefused(await ask(2_000), 422, "external_id_reused");
    expectRefused(await desk.refund("ext:another", `${order}-refund`, 1_000), 422, "external_id_reused");
    await desk.buy(carol, order, 200_000);
    expect(await ask(1_000)).toMatchObject({ status: 200, body: { status: "applied" } });
    expectRefused(await ask(2_000), 422, "external_id_reused");
  });

  it("stays with its reason when the purchase turns out smaller, and those that fit count in their order", async () => {
    const order = await family();
    for (const [name, amount] of [
      ["a", 60_000],
      ["b", 70_000],
      ["c", 40_000],
    ] as const)
      await desk.refund(`ext:${order}`, `${order}-${name}`, amount);
    const bought = await desk.buy(carol, order, 100_000, { profit: { amount: 40_000, currency: "INR" } });
    expect(bought.body.refunded.amount).toBe(100_000);
    const { body } = await desk.get<{ data: RefundAnswer[] }>(`/v1/refunds?conversion_id=${bought.body.id}`);
    expect(body.data.map(({ external_id, status, reason }) => [external_id, status, reason])).toEqual([
      [`${order}-c`, "applied", null],
      [`${order}-b`, "refused", "refund_exceeds_purchase"],
      [`${order}-a`, "applied", null],
    ]);
    const trace = await desk.get<TraceAnswer>(`/v1/conversions/${bought.body.id}/trace`);
    expect(trace.body.refunds).toHaveLength(3);
    expect(await purses(bob)).toEqual({ pending: 0, available: 0 });
    expect(await desk.broken()).toEqual([]);
  });

  it("in another currency than the purchase stays with that reason", async () => {
    const order = await family();
    const early = await desk.refund(`ext:${order}`, `${order}-usd`, 1_000, "USD");
    await desk.buy(carol, order, 100_000);
    const { body } = await desk.get<RefundAnswer>(`/v1/refunds/${early.body.id}`);
    expect(body).toMatchObject({ status: "refused", reason: "wrong_currency", counted: { amount: 0 } });
    expectRefused(await desk.refund(`ext:${order}`, `${order}-usd-2`, 1_000, "USD"), 422, "wrong_currency");
  });

  it("that neither saw nor was seen by the purchase is found by the worker", async () => {
    const order = await family();
    let refund: Promise<unknown> = Promise.resolve();
    // The refund commits between the purchase's look and its commit.
    await world.write(async (tx) => {
      const report = {
        ...{ kind: "purchase", externalId: order, participant: carol.id, fingerprint: order },
        ...{ amount: { minor: 200_000n, currency: "INR" }, profit: { minor: 40_000n, currency: "INR" } },
        ...{ occurredAt: null, product: null, metadata: null },
      };
      const cause = { actor: { kind: "system" as const }, requestId: "req_of_a_test" };
      const facts = await findSettlementFacts(tx, [report], world.plans);
      await settleConversions(tx, [{ report, ...cause }], facts);
      refund = desk.refund(`ext:${order}`, `${order}-refund`, 200_000);
      expect(await refund).toMatchObject({ status: 202 });
    });
    expect(await purses(bob)).toEqual({ pending: 2_000, available: 0 });
    expect(await world.write(settleOvertakenRefunds)).toBe(1);
    expect(await world.write(settleOvertakenRefunds)).toBe(0);
    expect(await purses(bob)).toEqual({ pending: 0, available: 0 });
    expect(await desk.broken()).toEqual([]);
  });

  it("of an id of ours that does not exist is not found", async () => {
    expectRefused(await desk.refund("cnv_nothing", "refund-of-nothing", 1), 404, "not_found");
  });
});

describe("a chargeback", () => {
  const bought = async (fields: object = {}): Promise<ConversionAnswer> => {
    const order = await family();
    const profit = { amount: 40_000, currency: "INR" };
    return (await desk.buy(carol, order, 200_000, { profit, ...fields })).body;
  };

  it("takes back like a refund, and gives back when the bank does, to the last unit", async () => {
    const order = await bought();
    await desk.refund(order.id, `${order.id}-refund`, 33_333);
    const before = [await purses(bob), await purses(anna)];
    const taken = await desk.chargeback(order.id, `${order.id}-bank`, 166_667);
    expect(taken).toMatchObject({ status: 201, body: { kind: "chargeback", status: "applied" } });
    expect([await purses(bob), await purses(anna)]).toEqual([
      { pending: 0, available: 0 },
      { pending: 0, available: 0 },
    ]);
    const reverse = () => desk.post<RefundAnswer>(`/v1/chargebacks/${taken.body.id}/reverse`);
    const all = await Promise.all(Array.from({ length: 5 }, reverse));
    expect(all.map(({ status, body }) => [status, body.status])).toEqual(Array(5).fill([200, "reversed"]));
    expect([await purses(bob), await purses(anna)]).toEqual(before);
    const { body } = await desk.get<ConversionAnswer>(`/v1/conversions/${order.id}`);
    expect(body.refunded.amount).toBe(33_333);
    expect(body.rewards.map(({ status }) => status)).toEqual(["pending", "pending"]);
    const trace = await desk.get<TraceAnswer>(`/v1/conversions/${order.id}/trace`);
    expect(trace.body.refunds[1]?.restorations.map(({ amount }) => amount.amount)).toEqual(
      taken.body.reversals.map(({ amount }) => amount.amount),
    );
    await world.work();
    expect(await desk.broken()).toEqual([]);
  });

  it("after release makes the balance negative, later rewards are netted against it, and it is given back", async () => {
    const order = await bought({ occurred_at: LONG_AGO });
    expect(await purses(bob)).toEqual({ pending: 0, available: 2_000 });
    // Somebody paid it out in the meantime.
    await world.write(async (tx) => {
      const side = (purse: "available" | "paid") => ({ ownerId: bob.id, purse });
      const amount = { minor: 2_000n, currency: "INR" };
      const cause = { idempotencyKey: `${order.id}:paid`, reason: "released" as const, subjectId: "pay_1" };
      await postTransfers(tx, [
        transferOf({ from: side("available"), to: side("paid"), amount, occurredAt: tx.now, ...cause }),
      ]);
    });
    const taken = await desk.chargeback(order.id, `${order.id}-bank`, 200_000);
    expect(await purses(bob)).toEqual({ pending: 0, available: -2_000 });
    const profit = { amount: 10_000, currency: "INR" };
    await desk.buy(carol, `${order.id}-next`, 200_000, { occurred_at: LONG_AGO, profit });
    expect(await purses(bob)).toEqual({ pending: 0, available: -1_500 });
    await desk.post(`/v1/chargebacks/${taken.body.id}/reverse`);
    expect(await purses(bob)).toEqual({ pending: 0, available: 500 });
    const { body } = await desk.get<{ data: RewardAnswer[] }>(`/v1/rewards?conversion_id=${order.id}`);
    expect(body.data.map(({ status }) => status)).toEqual(["available", "available"]);
  });

  it("that waits is taken back before its purchase comes", async () => {
    const order = await family();
    const early = await desk.chargeback(`ext:${order}`, `${order}-bank`, 200_000);
    expect(early).toMatchObject({ status: 202, body: { status: "waiting" } });
    expect(await desk.post(`/v1/chargebacks/${early.body.id}/reverse`)).toMatchObject({
      status: 200,
      body: { status: "reversed", conversion_id: null },
    });
    const later = await desk.buy(carol, order, 200_000);
    expect(later.body.refunded.amount).toBe(0);
  });

  it("is not a refund, and only a chargeback is reversed", async () => {
    const order = await bought();
    const refund = await desk.refund(order.id, `${order.id}-one`, 100);
    expectRefused(await desk.chargeback(order.id, `${order.id}-one`, 100), 422, "external_id_reused");
    expectRefused(await desk.post(`/v1/chargebacks/${refund.body.id}/reverse`), 404, "not_found");
    const early = await desk.chargeback(`ext:${order.id}-x`, `${order.id}-big`, 300_000);
    await desk.buy(carol, `${order.id}-x`, 200_000);
    expectRefused(await desk.post(`/v1/chargebacks/${early.body.id}/reverse`), 409, "chargeback_refused");
  });
});
