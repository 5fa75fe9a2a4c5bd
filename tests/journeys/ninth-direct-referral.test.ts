import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ParticipantAnswer, ParticipantDetail } from "../../server/referrals/contract.ts";
import { type Api, expectProblem, type Problem } from "../support/api.ts";
import { startServer, type TestServer } from "../support/server.ts";

const SEATS = 8;
const RIVALS = 32;

describe("the ninth direct referral", () => {
  let server: TestServer;
  let api: Api;
  beforeAll(async () => {
    server = await startServer();
    api = (await server.provision()).api;
  });
  afterAll(() => server.stop());

  const fill = async (seats: number): Promise<ParticipantAnswer> => {
    const advocate = await api.join();
    for (let seat = 0; seat < seats; seat++) await api.join(advocate);
    return advocate;
  };
  const directCount = async (of: { id: string }): Promise<number> =>
    (await api.get<ParticipantDetail>(`/v1/participants/${of.id}`)).body.direct_count;
  const person = (tag: string, advocate: ParticipantAnswer, isRequired: boolean) => ({
    email: `${tag}@example.com`,
    name: "A rival",
    referral: { code: advocate.code, ...(isRequired ? { required: true } : {}) },
  });

  it("joins without an advocate, told why, and the eight before it stay", async () => {
    const advocate = await fill(SEATS);
    const ninth = await api.join(advocate);
    expect(ninth.referral).toMatchObject({ status: "not_eligible", advocate_id: advocate.id });
    expect(ninth.referral?.reasons).toHaveLength(1);
    expect(ninth.referral?.reasons[0]?.code).toBe("direct_limit_reached");
    expect(ninth.referral?.reasons[0]?.message).toMatch(/\.$/);
    expect(await directCount(advocate)).toBe(SEATS);
    const order = await api.buy(ninth, 200_000, 50_000);
    expect(order.rewards).toEqual([]);
    expect(order.passes[0]?.message).toMatch(/\S{3,} .*\.$/);
  });

  it("is refused with 409 where the referral is required, and nobody is enrolled", async () => {
    const advocate = await fill(SEATS);
    const refused = await api.post<Problem>("/v1/participants", person("required", advocate, true));
    const problem = expectProblem(refused, 409, "direct_limit_reached");
    expect(problem.detail).toContain("8");
    const list = await api.get<{ data: unknown[] }>("/v1/participants?q=required@example.com");
    expect(list.body.data).toEqual([]);
  });

  it("lets exactly one of 32 at once have the last seat", async () => {
    const advocate = await fill(SEATS - 1);
    const answers = await Promise.all(
      Array.from({ length: RIVALS }, (_, rival) =>
        api.post<ParticipantAnswer>("/v1/participants", person(`rival${rival}`, advocate, false)),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(RIVALS).fill(201));
    const referrals = answers.map(({ body }) => body.referral);
    expect(referrals.filter((referral) => referral?.status === "joined")).toHaveLength(1);
    const losers = referrals.filter((referral) => referral?.status === "not_eligible");
    expect(losers).toHaveLength(RIVALS - 1);
    for (const loser of losers)
      expect(loser?.reasons.map(({ code }) => code)).toEqual(["direct_limit_reached"]);
    expect(await directCount(advocate)).toBe(SEATS);
  });

  it("answers 409 to 31 of 32 at once that insist, and enrols only the winner", async () => {
    const advocate = await fill(SEATS - 1);
    const answers = await Promise.all(
      Array.from({ length: RIVALS }, (_, rival) =>
        api.post<ParticipantAnswer & Problem>("/v1/participants", person(`insists${rival}`, advocate, true)),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 201))
      expectProblem(answer, 409, "direct_limit_reached");
    const enrolled = await api.get<{ data: unknown[] }>("/v1/participants?q=insists&limit=200");
    expect(enrolled.body.data).toHaveLength(1);
    expect(await directCount(advocate)).toBe(SEATS);
  });
});
