import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RewardAnswer } from "../../server/rewards/contract.ts";
import { type Api, soon } from "../support/api.ts";
import { startServer, type TestServer } from "../support/server.ts";

describe("the points template", () => {
  let server: TestServer;
  let api: Api;
  beforeAll(async () => {
    server = await startServer();
    api = (await server.provision({ template: "points" })).api;
  });
  afterAll(() => server.stop());

  it("gives 10 points for every friend, by themselves, available at once and without a limit", async () => {
    const advocate = await api.join();
    expect(advocate.direct_limit).toBeNull();
    const friends = [];
    for (let friend = 0; friend < 12; friend++) friends.push(await api.join(advocate));
    await soon(async () => (await api.balance(advocate, "PTS")).available === 120);
    const { body } = await api.get<{ data: RewardAnswer[] }>(`/v1/rewards?participant_id=${advocate.id}`);
    expect(body.data).toHaveLength(12);
    for (const reward of body.data)
      expect(reward).toMatchObject({
        kind: "points",
        status: "available",
        amount: { amount: 10, currency: "PTS" },
      });
    expect(new Set(body.data.map(({ referee_id }) => referee_id))).toEqual(
      new Set(friends.map(({ id }) => id)),
    );
  });

  it("gives points for direct friends only, none for whoever came alone, and none for purchases", async () => {
    const top = await api.join();
    const middle = await api.join(top);
    const buyer = await api.join(middle);
    await soon(async () => (await api.balance(middle, "PTS")).available === 10);
    const order = await api.buy(buyer, 500_000, 100_000);
    expect(order.rewards).toEqual([]);
    expect(await api.balance(top, "PTS")).toMatchObject({ available: 10 });
    expect(await api.balance(buyer, "PTS")).toMatchObject({ available: 0 });
  });
});
