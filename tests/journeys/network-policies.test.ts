import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ParticipantAnswer, ParticipantDetail } from "../../server/referrals/contract.ts";
import type { PlanAnswer } from "../../server/rewards/contract/plans.ts";
import type { TraceAnswer, VerificationAnswer } from "../../server/rewards/contract.ts";
import type { Api } from "../support/api.ts";
import { startServer, type TestServer } from "../support/server.ts";

const RIVALS = 32;

/** The plan in force again, with another answer beyond the limit. */
async function publish(api: Api, changes: { direct_limit: number; overflow: string }): Promise<void> {
  const plans = await api.get<{ data: PlanAnswer[] }>("/v1/plans");
  const document = { ...(plans.body.data[0]?.document as object), ...changes };
  const draft = await api.post<PlanAnswer>("/v1/plans", { document });
  const published = await api.post(`/v1/plans/${draft.body.id}/publish`, {});
  expect(published.status).toBe(200);
}

async function expectSound(api: Api): Promise<void> {
  const { body } = await api.get<VerificationAnswer>("/v1/verify");
  expect(body.checks.filter(({ ok }) => !ok)).toEqual([]);
}

describe("beyond the limit on direct referrals", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.stop());

  it("spillover gives 32 at once a place each, below who invited them, and pays by the place", async () => {
    const { api } = await server.provision();
    await publish(api, { direct_limit: 2, overflow: "spillover" });
    const anna = await api.join();
    const joined = await Promise.all(Array.from({ length: RIVALS }, () => api.join(anna)));
    expect(joined.map(({ referral }) => [referral?.status, referral?.inviter_id])).toEqual(
      Array(RIVALS).fill(["joined", anna.id]),
    );
    const taken = new Map<string, number>();
    for (const { referral } of joined)
      taken.set(String(referral?.advocate_id), (taken.get(String(referral?.advocate_id)) ?? 0) + 1);
    expect(Math.max(...taken.values())).toBe(2);
    const { body: root } = await api.get<ParticipantDetail>(`/v1/participants/${anna.id}`);
    expect(root.levels.map(({ participants }) => participants)).toEqual([2, 4, 8, 16, 2]);
    const spilled = joined.find(({ referral }) => referral?.advocate_id !== anna.id) as ParticipantAnswer;
    const { id, rewards } = await api.buy(spilled, 200_000, 40_000);
    expect(rewards[0]).toMatchObject({ participant_id: spilled.referral?.advocate_id, level: 1 });
    const trace = await api.get<TraceAnswer>(`/v1/conversions/${id}/trace`);
    expect(trace.body.facts.inviter_id).toBe(anna.id);
    await expectSound(api);
  });

  it("waitlist lets people join and wait, and a higher limit gives them their places", async () => {
    const { api } = await server.provision();
    await publish(api, { direct_limit: 1, overflow: "waitlist" });
    const anna = await api.join();
    const [, second, third] = [await api.join(anna), await api.join(anna), await api.join(anna)];
    const place = ({ referral }: ParticipantAnswer) => [referral?.status, referral?.waiting_position];
    expect([place(second), place(third)]).toEqual([
      ["waitlisted", 1],
      ["waitlisted", 2],
    ]);
    expect((await api.buy(second, 200_000, 40_000)).rewards).toEqual([]);
    await publish(api, { direct_limit: 2, overflow: "waitlist" });
    const again = async ({ id }: { id: string }) =>
      place((await api.get<ParticipantAnswer>(`/v1/participants/${id}`)).body);
    expect([await again(second), await again(third)]).toEqual([
      ["joined", null],
      ["waitlisted", 1],
    ]);
    expect((await api.buy(second, 200_000, 40_000)).rewards).toMatchObject([{ participant_id: anna.id }]);
    await expectSound(api);
  });

  it("a suspended advocate earns nothing and brings nobody, until they are reinstated", async () => {
    const { api } = await server.provision();
    const anna = await api.join();
    const bob = await api.join(anna);
    await api.post(`/v1/participants/${anna.id}/suspend`, { reason: "We are checking orders." });
    expect((await api.buy(bob, 200_000, 40_000)).passes.map(({ reason }) => reason)).toContain(
      "upline_inactive",
    );
    expect((await api.join(anna)).referral?.reasons[0]?.code).toBe("advocate_not_active");
    await api.post(`/v1/participants/${anna.id}/reinstate`, {});
    expect((await api.buy(bob, 200_000, 40_000)).rewards).toMatchObject([{ participant_id: anna.id }]);
    expect((await api.join(anna)).referral?.status).toBe("joined");
    await expectSound(api);
  });
});
