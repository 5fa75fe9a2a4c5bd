import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ParticipantAnswer } from "../../server/referrals/contract.ts";
import type { ConversionAnswer } from "../../server/rewards/contract.ts";
import { type Answer, type Api, expectProblem, type Problem } from "../support/api.ts";
import { startServer, type TestServer } from "../support/server.ts";

const TIMES = 100;

describe("the same purchase a hundred times at once", () => {
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

  const order = (externalId: string, amount = 200_000) => ({
    external_id: externalId,
    participant: buyer.id,
    amount: { amount, currency: "INR" },
    profit: { amount: 50_000, currency: "INR" },
  });
  const send = (body: object, key?: string): Promise<Answer<ConversionAnswer & Problem>> =>
    api.post("/v1/conversions", body, key === undefined ? {} : { "idempotency-key": key });
  const times = <T>(work: (index: number) => Promise<T>): Promise<T[]> =>
    Promise.all(Array.from({ length: TIMES }, (_, index) => work(index)));
  const earned = async (): Promise<number> => (await api.balance(advocate)).pending;

  it("is one purchase by its external_id: one 201, the others 200 with the same content", async () => {
    const before = await earned();
    const answers = await times(() => send(order("once")));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(TIMES - 1);
    const [first] = answers;
    for (const { body } of answers) expect(body).toEqual(first?.body);
    expect(await earned()).toBe(before + 2_500);
    const later = await send(order("once"));
    expect(later.status).toBe(200);
    expect(later.body).toEqual(first?.body);
  });

  it("does not mind the order of keys, but another amount under the same external_id is 422", async () => {
    const { external_id, ...rest } = order("once");
    expect((await send({ ...rest, external_id })).status).toBe(200);
    expectProblem(await send(order("once", 200_001)), 422, "external_id_reused");
    const before = await earned();
    const answers = await times((index) => send(order("two contents", 200_000 + (index % 2))));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(TIMES / 2 - 1);
    for (const answer of answers.filter(({ status }) => status > 201))
      expectProblem(answer, 422, "external_id_reused");
    expect(await earned()).toBe(before + 2_500);
  });

  it("is one purchase by its Idempotency-Key, and a replay says that it is one", async () => {
    const before = await earned();
    const answers = await times(() => send(order("keyed"), "key-1"));
    const done = answers.filter(({ status }) => status === 201);
    const running = answers.filter(({ status }) => status === 409);
    expect(done.length + running.length).toBe(TIMES);
    for (const answer of running) expectProblem(answer, 409, "idempotency_key_running");
    expect(done.filter(({ headers }) => headers.get("idempotent-replayed") !== "true")).toHaveLength(1);
    for (const { body } of done) expect(body).toEqual(done[0]?.body);
    expect(await earned()).toBe(before + 2_500);
    const replay = await send(order("keyed"), "key-1");
    expect(replay.status).toBe(201);
    expect(replay.headers.get("idempotent-replayed")).toBe("true");
    expect(replay.body).toEqual(done[0]?.body);
  });

  it("refuses a key that stood for another content, also in the same moment", async () => {
    expectProblem(await send(order("other"), "key-1"), 422, "idempotency_key_reused");
    const before = await earned();
    const answers = await times((index) => send(order(`rival ${index % 2}`), "key-2"));
    const statuses = new Set(answers.map(({ status }) => status));
    expect([...statuses].filter((status) => ![201, 409, 422].includes(status))).toEqual([]);
    expect(
      answers.filter(({ status, headers }) => status === 201 && !headers.has("idempotent-replayed")),
    ).toHaveLength(1);
    expect(await earned()).toBe(before + 2_500);
  });

  it("does not store a refusal: the same key succeeds once the reason is gone", async () => {
    const unknown = { ...order("patient"), participant: "ext:not yet" };
    expectProblem(await send(unknown, "key-3"), 422, "participant_not_found");
    await api.join(advocate, { external_id: "not yet" });
    expect((await send(unknown, "key-3")).status).toBe(201);
  });

  it("enrols a person once by external_id, a hundred times at once", async () => {
    const person = { external_id: "customer-1", email: "once@example.com", name: "Once" };
    const answers = await times(() => api.post<ParticipantAnswer>("/v1/participants", person));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(TIMES - 1);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(new Set(answers.map(({ body }) => body.code)).size).toBe(1);
  });

  it("refuses a key nobody can read", async () => {
    for (const key of ["", "a b", "x".repeat(201)]) {
      const answer = await send(order(`key ${key.length}`), key);
      expectProblem(answer, 400, "invalid_idempotency_key", JSON.stringify(key));
    }
  });
});
