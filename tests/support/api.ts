import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import type { BalanceAnswer } from "../../server/participants/contract.ts";
import type { ParticipantAnswer } from "../../server/referrals/contract.ts";
import type { ConversionAnswer, RefundAnswer } from "../../server/rewards/contract.ts";

export type Answer<Body> = { status: number; headers: Headers; body: Body };

export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  errors: { pointer: string; code: string; message: string }[];
  request_id: string;
};

type Extra = { headers?: Record<string, string>; signal?: AbortSignal };

const CURRENCY = "INR";
const SOON_MS_MAX = 20_000;
const AGAIN_MS = 25;

/** The public API as a customer's server calls it, with one key. */
export class Api {
  readonly url: string;
  readonly key: string | null;
  #count = 0;

  constructor(url: string, key: string | null) {
    this.url = url;
    this.key = key;
  }

  /** A request as it is; `body` text goes out unchanged. */
  async send<Body>(method: string, path: string, body?: unknown, extra: Extra = {}): Promise<Answer<Body>> {
    const isRaw = typeof body === "string" || body instanceof Uint8Array;
    const answer = await fetch(`${this.url}${path}`, {
      method,
      redirect: "manual",
      headers: {
        ...(this.key === null ? {} : { authorization: `Bearer ${this.key}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...extra.headers,
      },
      ...(body === undefined ? {} : { body: (isRaw ? body : JSON.stringify(body)) as BodyInit }),
      ...(extra.signal ? { signal: extra.signal } : {}),
    });
    const text = await answer.text();
    const isJson = answer.headers.get("content-type")?.includes("json") === true && text !== "";
    return {
      status: answer.status,
      headers: answer.headers,
      body: (isJson ? JSON.parse(text) : text) as Body,
    };
  }

  get<Body>(path: string): Promise<Answer<Body>> {
    return this.send<Body>("GET", path);
  }

  post<Body>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer<Body>> {
    return this.send<Body>("POST", path, body, { headers });
  }

  /** Enrols somebody, under the friend whose code it is; the answer must be a success. */
  async join(advocate?: { code: string | null }, fields: object = {}): Promise<ParticipantAnswer> {
    const number = ++this.#count;
    const answer = await this.post<ParticipantAnswer>("/v1/participants", {
      email: `person${number}@example.com`,
      name: `Person ${number}`,
      name_shown: true,
      ...(advocate ? { referral: { code: advocate.code } } : {}),
      ...fields,
    });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return answer.body;
  }

  /** A purchase in minor units; without a profit the program's default margin decides. */
  async buy(
    buyer: { id: string },
    amount: number,
    profit?: number,
    fields: object = {},
  ): Promise<ConversionAnswer> {
    const answer = await this.post<ConversionAnswer>("/v1/conversions", {
      external_id: `order-${++this.#count}`,
      participant: buyer.id,
      amount: { amount, currency: CURRENCY },
      ...(profit === undefined ? {} : { profit: { amount: profit, currency: CURRENCY } }),
      ...fields,
    });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return answer.body;
  }

  refund(
    conversion: { id: string },
    externalId: string,
    amount: number,
  ): Promise<Answer<RefundAnswer & Omit<Problem, "status">>> {
    return this.post(`/v1/conversions/${conversion.id}/refunds`, {
      external_id: externalId,
      amount: { amount, currency: CURRENCY },
    });
  }

  /** What somebody has, by purse; zeros where there was never anything. */
  async balance(of: { id: string }, currency: string = CURRENCY): Promise<BalanceAnswer["data"][number]> {
    const { status, body } = await this.get<BalanceAnswer>(`/v1/participants/${of.id}/balance`);
    expect(status).toBe(200);
    const nothing = { currency, pending: 0, available: 0, held: 0, paid: 0 };
    return body.data.find((line) => line.currency === currency) ?? nothing;
  }
}

/** Looks again until it is there: what the worker does follows within moments. */
export async function soon<Seen>(look: () => Promise<Seen | null | false>): Promise<Seen> {
  const begin = Date.now();
  for (;;) {
    const seen = await look();
    if (seen !== null && seen !== false) return seen;
    if (Date.now() - begin > SOON_MS_MAX) throw new Error(`Nothing within ${SOON_MS_MAX} ms.`);
    await sleep(AGAIN_MS);
  }
}

/** A refusal as the API promises it: a problem document with a code and a sentence for people. */
export function expectProblem(answer: Answer<unknown>, status: number, code: string, what = ""): Problem {
  const problem = answer.body as Problem;
  expect(answer.status, `${what} ${JSON.stringify(problem)}`).toBe(status);
  expect(answer.headers.get("content-type"), what).toMatch(/^application\/problem\+json/);
  expect(problem, what).toMatchObject({ status, code, type: `/docs/problems#${code}` });
  expect(problem.title, what).toMatch(/^[A-Z].{3,}/);
  expect(problem.detail, what).toMatch(/[.`]$/);
  return problem;
}
