import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ClaimAnswer } from "../../server/referrals/contract/claims.ts";
import type { ReferralDetail } from "../../server/referrals/contract.ts";
import type { ReassignmentAnswer } from "../../server/rewards/contract/reassignments.ts";
import type { VerificationAnswer } from "../../server/rewards/contract.ts";
import { type Api, expectProblem, type Problem } from "../support/api.ts";
import { startServer, type TestServer } from "../support/server.ts";

const REASON = { reason: "Both of them say so." };

describe("a friend who forgot the code", () => {
  let server: TestServer;
  let api: Api;
  beforeAll(async () => {
    server = await startServer();
    api = (await server.provision()).api;
  });
  afterAll(() => server.stop());

  const pendingOf = async ({ id }: { id: string }): Promise<number> => {
    const { body } = await api.get<{ data: { pending: number }[] }>(`/v1/participants/${id}/balance`);
    return body.data[0]?.pending ?? 0;
  };
  const isSound = async () => (await api.get<VerificationAnswer>("/v1/verify")).body;

  it("says who invited them, and what they bought since counts for that person", async () => {
    const top = await api.join();
    const advocate = await api.join(top);
    const friend = await api.join();
    await api.buy(friend, 200_000, 40_000);
    const claim = await api.post<ClaimAnswer>("/v1/referrals/claim", {
      ...{ participant: friend.id, email: advocate.email, invited_on: "2026-03-01", note: "On the phone" },
    });
    expect(claim).toMatchObject({ status: 201, body: { state: "open" } });
    const path = `/v1/claims/${claim.body.id}/approve`;
    const key = { "idempotency-key": "approve-once" };
    const approved = await api.post<ReassignmentAnswer>(path, REASON, key);
    expect(approved).toMatchObject({
      status: 200,
      body: { outcome: "reassigned", advocate_id: advocate.id },
    });
    expect((await api.post<ReassignmentAnswer>(path, REASON, key)).body).toEqual(approved.body);
    expect([await pendingOf(advocate), await pendingOf(top)]).toEqual([2000, 400]);
    const { body } = await api.get<ReferralDetail>(`/v1/referrals/${friend.id}`);
    expect(body).toMatchObject({
      status: "qualified",
      reassignments: [{ claim_id: claim.body.id, ...REASON }],
    });
    expect(await isSound()).toMatchObject({ ok: true });
  });

  it("is put right again where it was the wrong one, before and after a refund", async () => {
    const wrong = await api.join();
    const right = await api.join();
    const friend = await api.join(wrong);
    const below = await api.join(friend);
    const order = await api.buy(friend, 200_000, 40_000);
    await api.buy(below, 200_000, 40_000);
    const reassign = { advocate_id: right.id, ...REASON };
    const preview = await api.post<ReassignmentAnswer>(
      `/v1/referrals/${friend.id}/reassign?preview=true`,
      reassign,
    );
    expect(preview.body).toMatchObject({ outcome: "preview", people: 1 });
    const made = await api.post<ReassignmentAnswer>(`/v1/referrals/${friend.id}/reassign`, reassign);
    expect(made.body.money).toEqual(preview.body.money.map((one) => ({ ...one, participant_name: null })));
    // What the friend's friend bought before stays with whoever stood above them then.
    expect([await pendingOf(wrong), await pendingOf(right), await pendingOf(friend)]).toEqual([
      400, 2000, 2000,
    ]);
    await api.refund(order, "all-of-it", 200_000);
    expect(await pendingOf(right)).toBe(0);
    expect(await isSound()).toMatchObject({ ok: true });
  });

  it("is told why it cannot be", async () => {
    const advocate = await api.join();
    const friend = await api.join(advocate);
    const known = await api.post<Problem>("/v1/referrals/claim", {
      participant: friend.id,
      code: advocate.code,
    });
    expectProblem(known, 409, "already_has_advocate");
    const circle = await api.post<Problem>(`/v1/referrals/${advocate.id}/reassign`, {
      ...{ advocate_id: friend.id, ...REASON },
    });
    expectProblem(circle, 409, "below_referee");
  });
});
