import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ParticipantAnswer } from "../../server/referrals/contract.ts";
import type { FunnelAnswer } from "../../server/reports/contract.ts";
import type { ConversionAnswer } from "../../server/rewards/contract.ts";
import { type Api, type Problem, soon } from "../support/api.ts";
import { startServer, type TestServer } from "../support/server.ts";

type Row = { index: number; status: number; conversion?: ConversionAnswer; problem?: Problem };
const ROWS = 500;

describe("purchases in bulk", () => {
  let server: TestServer;
  let api: Api;
  let advocate: ParticipantAnswer;
  let buyer: ParticipantAnswer;
  beforeAll(async () => {
    server = await startServer();
    api = (await server.provision()).api;
    advocate = await api.join();
    buyer = await api.join(advocate);
  });
  afterAll(() => server.stop());

  const row = (externalId: string, fields: object = {}) => ({
    external_id: externalId,
    participant: buyer.id,
    amount: { amount: 200_000, currency: "INR" },
    profit: { amount: 20_000, currency: "INR" },
    ...fields,
  });
  const BAD: readonly [fields: unknown, status: number, code: string, pointer: string | null][] = [
    [{ participant: "ext:nobody" }, 422, "participant_not_found", "/participant"],
    [{ amount: { amount: 0, currency: "INR" } }, 400, "invalid_request", "/amount/amount"],
    [{ amount: { amount: 1.5, currency: "INR" } }, 400, "invalid_request", "/amount/amount"],
    [
      { amount: { amount: 5_000, currency: "USD" }, profit: undefined },
      422,
      "no_exchange_rate",
      "/amount/currency",
    ],
    [{ profit: { amount: 200_001, currency: "INR" } }, 422, "profit_exceeds_amount", "/profit/amount"],
    [{ occurred_at: "2999-01-01T00:00:00Z" }, 422, "occurred_in_future", "/occurred_at"],
    [{ colour: "red" }, 400, "invalid_request", "/colour"],
    ["not even an object", 400, "invalid_request", ""],
  ];

  it("settles the good ones of 500 rows and says of every bad one what is wrong with it", async () => {
    const conversions: unknown[] = Array.from({ length: ROWS }, (_, index) => row(`bulk-${index}`));
    const places = BAD.map((_, index) => 13 + index * 61);
    for (const [index, [fields]] of BAD.entries())
      conversions[places[index] ?? 0] =
        typeof fields === "object" ? row(`bad-${index}`, fields as object) : fields;
    const { status, body } = await api.post<{ data: Row[] }>("/v1/conversions/bulk", { conversions });
    expect(status).toBe(200);
    expect(body.data.map(({ index }) => index)).toEqual(conversions.map((_, index) => index));
    const good = body.data.filter(({ status: of }) => of === 201);
    expect(good).toHaveLength(ROWS - BAD.length);
    for (const { conversion } of good) expect(conversion?.rewards[0]?.amount.amount).toBe(1_000);
    for (const [index, [, expected, code, pointer]] of BAD.entries()) {
      const bad = body.data[places[index] ?? 0];
      expect(bad).toMatchObject({ status: expected, problem: { status: expected, code } });
      if (pointer !== null)
        expect(
          bad?.problem?.errors.map((error) => error.pointer),
          code,
        ).toContain(pointer);
    }
    expect((await api.balance(advocate)).pending).toBe(1_000 * (ROWS - BAD.length));
  });

  it("is the same again for rows that are known, and one row twice in one request counts once", async () => {
    const before = (await api.balance(advocate)).pending;
    const conversions = [row("bulk-0"), row("twice"), row("twice"), row("bulk-0", { product: "other" })];
    const { body } = await api.post<{ data: Row[] }>("/v1/conversions/bulk", { conversions });
    expect(body.data.map(({ status }) => status)).toEqual([200, 201, 200, 422]);
    expect(body.data[1]?.conversion).toEqual(body.data[2]?.conversion);
    expect((await api.balance(advocate)).pending).toBe(before + 1_000);
  });

  it("tells the same events as single calls", async () => {
    const settled = await soon(async () => {
      const { body } = await api.get<{ data: { type: string }[] }>("/v1/events?limit=200");
      return body.data.filter(({ type }) => type === "conversion.settled").length > 90;
    });
    expect(settled).toBe(true);
  });

  it("sums the largest amounts there may be, beyond what a single one may be", async () => {
    const largest = { amount: { amount: 1e15, currency: "INR" }, profit: { amount: 1e15, currency: "INR" } };
    const conversions = [row("largest-1", largest), row("largest-2", largest)];
    const { body } = await api.post<{ data: Row[] }>("/v1/conversions/bulk", { conversions });
    expect(body.data.map(({ status }) => status)).toEqual([201, 201]);
    const funnel = await api.get<FunnelAnswer>("/v1/reports/funnel");
    expect(funnel.status).toBe(200);
    expect(funnel.body.revenue[0]?.amount).toBeGreaterThan(2e15);
    expect((await api.balance(advocate)).pending).toBeGreaterThan(1e14);
  });
});
