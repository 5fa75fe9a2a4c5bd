import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EntryAnswer } from "../../server/participants/contract.ts";
import type { ParticipantAnswer } from "../../server/referrals/contract.ts";
import type { ConversionAnswer, RewardAnswer, TraceAnswer } from "../../server/rewards/contract.ts";
import { type Api, expectProblem } from "../support/api.ts";
import { startServer, type TestServer } from "../support/server.ts";

describe("refunds, partial and repeated", () => {
  let server: TestServer;
  let api: Api;
  let top: ParticipantAnswer;
  let middle: ParticipantAnswer;
  let buyer: ParticipantAnswer;
  beforeAll(async () => {
    server = await startServer();
    api = (await server.provision()).api;
  });
  afterAll(() => server.stop());

  const family = async (): Promise<void> => {
    top = await api.join();
    middle = await api.join(top);
    buyer = await api.join(middle);
  };
  /** From now on rewards are available at once: a purchase from before somebody joined would earn nothing. */
  const withoutHold = async (): Promise<void> => {
    const { body: plans } = await api.get<{ data: { document: object }[] }>("/v1/plans");
    const document = { ...plans.data[0]?.document, hold_days: 0 };
    const { body: draft } = await api.post<{ id: string }>("/v1/plans", { document });
    for (const code of ["missing_hold", "gap_at_threshold"])
      await api.post(`/v1/plans/${draft.id}/acknowledgements`, { code, reason: "This story needs it." });
    const published = await api.post(`/v1/plans/${draft.id}/publish`, {});
    expect(published.status).toBe(200);
  };
  const sumOf = (entries: readonly EntryAnswer[]): number =>
    entries.reduce((sum, { amount }) => sum + amount, 0);
  const entriesOf = async ({ id }: { id: string }): Promise<EntryAnswer[]> =>
    (await api.get<{ data: EntryAnswer[] }>(`/v1/participants/${id}/entries?limit=200`)).body.data;

  it("end at net zero on both levels when they add up to the whole purchase", async () => {
    await family();
    // Odd numbers, so that every part has a remainder to lose.
    const order = await api.buy(buyer, 133_337, 33_331);
    expect(order.rewards.map(({ amount }) => amount.amount)).toEqual([1_666, 333]);
    const parts = [1, 33_333, 7, 66_661, 33_335];
    expect(parts.reduce((sum, part) => sum + part)).toBe(133_337);
    let refunded = 0;
    for (const [index, part] of parts.entries()) {
      const answer = await api.refund(order, `${order.external_id}-part-${index}`, part);
      expect(answer.status).toBe(201);
      refunded += part;
      // After every part: exactly what a single refund of the same total would have left.
      const left = (earned: number): number => earned - Math.floor((earned * refunded) / 133_337);
      expect((await api.balance(middle)).pending).toBe(left(1_666));
      expect((await api.balance(top)).pending).toBe(left(333));
    }
    for (const person of [middle, top]) expect(sumOf(await entriesOf(person))).toBe(0);
    const { body } = await api.get<ConversionAnswer>(`/v1/conversions/${order.id}`);
    expect(body.refunded).toEqual({ amount: 133_337, currency: "INR" });
    expect(
      body.rewards.map(({ status, reversed, amount }) => [status, reversed.amount === amount.amount]),
    ).toEqual([
      ["reversed", true],
      ["reversed", true],
    ]);
    expectProblem(await api.refund(order, `${order.external_id}-more`, 1), 422, "refund_exceeds_purchase");
    const trace = await api.get<TraceAnswer>(`/v1/conversions/${order.id}/trace`);
    expect(trace.body.refunds).toHaveLength(parts.length);
  });

  it("of one id count once, and the same id with another amount is refused", async () => {
    await family();
    const order = await api.buy(buyer, 200_000, 40_000);
    const first = await api.refund(order, "refund-once", 50_000);
    expect(first.status).toBe(201);
    const again = await Promise.all(
      Array.from({ length: 10 }, () => api.refund(order, "refund-once", 50_000)),
    );
    for (const answer of again) {
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual(first.body);
    }
    expectProblem(await api.refund(order, "refund-once", 60_000), 422, "external_id_reused");
    expect((await api.balance(middle)).pending).toBe(1_500);
    expect((await api.balance(top)).pending).toBe(300);
  });

  it("never give back more than was paid, ten at once", async () => {
    await family();
    const order = await api.buy(buyer, 200_000, 40_000);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => api.refund(order, `race-${index}`, 30_000)),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(6);
    for (const answer of answers.filter(({ status }) => status !== 201))
      expectProblem(answer, 422, "refund_exceeds_purchase");
    const { body } = await api.get<ConversionAnswer>(`/v1/conversions/${order.id}`);
    expect(body.refunded.amount).toBe(180_000);
    expect((await api.balance(middle)).pending).toBe(200);
    expect((await api.balance(top)).pending).toBe(40);
  });

  it("take back what was available already, too", async () => {
    await family();
    await withoutHold();
    const order = await api.buy(buyer, 200_000, 40_000);
    expect(order.rewards.map(({ status }) => status)).toEqual(["available", "available"]);
    expect(await api.balance(middle)).toMatchObject({ pending: 0, available: 2_000 });
    await api.refund(order, "late-refund", 100_000);
    expect(await api.balance(middle)).toMatchObject({ pending: 0, available: 1_000 });
    expect(await api.balance(top)).toMatchObject({ pending: 0, available: 200 });
    const { body } = await api.get<{ data: RewardAnswer[] }>(`/v1/rewards?conversion_id=${order.id}`);
    expect(body.data.map(({ status, reversed }) => [status, reversed.amount]).sort()).toEqual([
      ["available", 1_000],
      ["available", 200],
    ]);
  });
});
