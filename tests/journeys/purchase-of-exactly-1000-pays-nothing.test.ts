import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ParticipantAnswer } from "../../server/referrals/contract.ts";
import type { TraceAnswer } from "../../server/rewards/contract.ts";
import type { Api } from "../support/api.ts";
import { startServer, type TestServer } from "../support/server.ts";

describe("a purchase of exactly 1000", () => {
  let server: TestServer;
  let api: Api;
  let top: ParticipantAnswer;
  let middle: ParticipantAnswer;
  let buyer: ParticipantAnswer;
  beforeAll(async () => {
    server = await startServer();
    api = (await server.provision()).api;
    top = await api.join();
    middle = await api.join(top);
    buyer = await api.join(middle);
  });
  afterAll(() => server.stop());

  it.each([
    ["999.99", 99_999],
    ["1000.00", 100_000],
  ])("pays nobody for %s, and says so at both levels", async (_, amount) => {
    const order = await api.buy(buyer, amount, 50_000);
    expect(order.rewards).toEqual([]);
    expect(order.passes.map(({ level, reason, participant_id }) => [level, reason, participant_id])).toEqual([
      [1, "below_minimum", middle.id],
      [2, "below_minimum", top.id],
    ]);
    const { body } = await api.get<TraceAnswer>(`/v1/conversions/${order.id}/trace`);
    for (const line of body.lines) {
      expect(line).toMatchObject({ verdict: "pass", reason: "below_minimum", amount: null });
      expect(line.message).toMatch(/1,?000/);
    }
    expect(await api.balance(middle)).toMatchObject({ pending: 0, available: 0 });
  });

  it("pays both levels for 1000.01", async () => {
    const order = await api.buy(buyer, 100_001, 50_000);
    expect(order.rewards.map(({ level, amount }) => [level, amount.amount])).toEqual([
      [1, 2_500],
      [2, 500],
    ]);
    expect(await api.balance(middle)).toMatchObject({ pending: 2_500 });
    expect(await api.balance(top)).toMatchObject({ pending: 500 });
  });

  it("rounds each share down to the paisa, and nothing at all earns nothing", async () => {
    const odd = await api.buy(buyer, 100_001, 12_399);
    expect(odd.rewards.map(({ amount }) => amount.amount)).toEqual([619, 123]);
    const thin = await api.buy(buyer, 100_001, 19);
    expect(thin.rewards).toEqual([]);
    expect(thin.passes).toHaveLength(2);
    const loss = await api.buy(buyer, 100_001, -5_000);
    expect(loss.rewards).toEqual([]);
    expect(loss.passes).toHaveLength(2);
  });

  it("takes the whole amount for profit where none was sent, and the trace says so", async () => {
    const order = await api.buy(buyer, 100_001);
    expect(order.rewards.map(({ amount }) => amount.amount)).toEqual([5_000, 1_000]);
    const { body } = await api.get<TraceAnswer>(`/v1/conversions/${order.id}/trace`);
    expect(body.facts).toMatchObject({ profit_source: "default_margin", default_margin: "100" });
  });
});
