import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EntryAnswer } from "../../server/participants/contract.ts";
import type { ParticipantAnswer, ParticipantDetail } from "../../server/referrals/contract.ts";
import type { ConversionAnswer, RewardAnswer, TraceAnswer } from "../../server/rewards/contract.ts";
import { type Api, soon } from "../support/api.ts";
import { startServer, type TestServer } from "../support/server.ts";

const BROWSER = { "user-agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/141.0" };

describe("somebody refers, a friend buys, two levels earn", () => {
  let server: TestServer;
  let api: Api;
  beforeAll(async () => {
    server = await startServer();
    api = (await server.provision()).api;
  });
  afterAll(() => server.stop());

  let asha: ParticipantAnswer;
  let ben: ParticipantAnswer;
  let chen: ParticipantAnswer;
  let purchase: ConversionAnswer;

  it("gives everybody a link of their own", async () => {
    asha = await api.join();
    expect(asha.link?.url).toBe(`${server.url}/${asha.code}`);
    expect(asha.code).toMatch(/^[2-9a-hjkmnp-tv-z]{10}$/);
    expect(asha).toMatchObject({ status: "active", referral: null, direct_count: 0, direct_limit: 8 });
  });

  it("leads from the link to the sign-up page with the code and a stored click", async () => {
    for (const path of [`/r/${asha.code}`, `/${asha.code}`]) {
      const visit = await api.send("GET", path, undefined, { headers: BROWSER });
      expect(visit.status).toBe(302);
      const location = new URL(visit.headers.get("location") ?? "");
      expect(location.searchParams.get("ref")).toBe(asha.code);
      expect(location.searchParams.get("click")).toMatch(/^clk_/);
    }
    const head = await api.send("HEAD", `/${asha.code}`, undefined, { headers: BROWSER });
    expect(head.status).toBe(302);
    expect(head.headers.get("location")).not.toContain("click=");
    await soon(async () => {
      const { body } = await api.get<ParticipantDetail & { visits: number }>(`/v1/participants/${asha.id}`);
      return body.visits === 2;
    });
  });

  it("joins a friend by click and code, and their friend by code alone", async () => {
    const visit = await api.send("GET", `/${asha.code}`, undefined, { headers: BROWSER });
    const click = new URL(visit.headers.get("location") ?? "").searchParams.get("click");
    ben = await api.join(undefined, { referral: { code: asha.code, click_id: click } });
    expect(ben.referral).toMatchObject({ advocate_id: asha.id, status: "joined", reasons: [] });
    const byClick = await api.join(undefined, { referral: { click_id: click } });
    expect(byClick.referral).toMatchObject({ advocate_id: asha.id, status: "joined" });
    chen = await api.join(ben);
    expect(chen.referral).toMatchObject({ advocate_id: ben.id, status: "joined" });
  });

  it("pays 5 % of the profit to the advocate and 1 % one level above", async () => {
    purchase = await api.buy(chen, 250_000, 60_000);
    expect(purchase).toMatchObject({ status: "settled", kind: "purchase", plan_version: 1, passes: [] });
    expect(
      purchase.rewards.map(({ participant_id, level, amount, status }) => [
        participant_id,
        level,
        amount,
        status,
      ]),
    ).toEqual([
      [ben.id, 1, { amount: 3_000, currency: "INR" }, "pending"],
      [asha.id, 2, { amount: 600, currency: "INR" }, "pending"],
    ]);
    expect(await api.balance(ben)).toMatchObject({ pending: 3_000, available: 0, held: 0, paid: 0 });
    expect(await api.balance(asha)).toMatchObject({ pending: 600, available: 0 });
    expect(await api.balance(chen)).toMatchObject({ pending: 0, available: 0 });
  });

  it("shows the movement as a ledger entry and the reward with the reward's own words", async () => {
    const entries = await api.get<{ data: EntryAnswer[] }>(`/v1/participants/${asha.id}/entries`);
    expect(entries.body.data).toHaveLength(1);
    const reward = purchase.rewards[1];
    expect(entries.body.data[0]).toMatchObject({
      purse: "pending",
      amount: 600,
      reason: "granted",
      reward_id: reward?.id,
    });
    const rewards = await api.get<{ data: RewardAnswer[] }>(`/v1/rewards?participant_id=${asha.id}`);
    expect(rewards.body.data).toMatchObject([reward ?? {}]);
    expect(reward).toMatchObject({
      conversion_id: purchase.id,
      referee_id: chen.id,
      leg_participant_id: ben.id,
      display_status: "On its way",
    });
  });

  it("explains every amount with its inputs and arithmetic", async () => {
    const { status, body } = await api.get<TraceAnswer>(`/v1/conversions/${purchase.id}/trace`);
    expect(status).toBe(200);
    expect(body.plan).toMatchObject({ version: 1 });
    expect(body.facts).toMatchObject({ profit: { amount: 60_000, currency: "INR" }, profit_source: "given" });
    expect(body.lines.map(({ verdict, level, participant_id }) => [verdict, level, participant_id])).toEqual([
      ["grant", 1, ben.id],
      ["grant", 2, asha.id],
    ]);
    expect(body.lines[0]?.arithmetic.join(" ")).toMatch(/5.*30/);
  });

  it("earns nothing on one's own purchase, and says why", async () => {
    const own = await api.buy(asha, 500_000, 100_000);
    expect(own.rewards).toEqual([]);
    expect(own.passes).not.toEqual([]);
    expect(own.passes.every(({ message }) => message.length > 10)).toBe(true);
    expect(await api.balance(asha)).toMatchObject({ pending: 600 });
  });

  it("counts the network by level, and the friend as qualified", async () => {
    const detail = await soon(async () => {
      const { body } = await api.get<ParticipantDetail>(`/v1/participants/${asha.id}`);
      return body.network_count === 3 && body;
    });
    expect(detail).toMatchObject({
      direct_count: 2,
      levels: [
        { level: 1, participants: 2 },
        { level: 2, participants: 1 },
      ],
    });
    const { body } = await api.get<ParticipantDetail>(`/v1/participants/${chen.id}`);
    expect(body.referral?.status).toBe("qualified");
  });

  it("finds the same things by the caller's own ids", async () => {
    const dora = await api.join(ben, { external_id: "customer 7/ü" });
    const order = await api.buy({ id: "ext:customer 7/ü" }, 200_000, 20_000, { external_id: "order 7/ü" });
    expect(order.participant_id).toBe(dora.id);
    const again = await api.get<ParticipantDetail>(
      `/v1/participants/${encodeURIComponent("ext:customer 7/ü")}`,
    );
    expect(again.body.id).toBe(dora.id);
    const read = await api.get<ConversionAnswer>(`/v1/conversions/${encodeURIComponent("ext:order 7/ü")}`);
    expect(read.body).toEqual(order);
  });
});
