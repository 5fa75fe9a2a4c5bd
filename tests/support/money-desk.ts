import { expect } from "vitest";
import type { Actor } from "../../server/access/actor.ts";
import { createIntakes } from "../../server/intakes.ts";
import { participantRoutes } from "../../server/participants/routes.ts";
import { PROBLEMS } from "../../server/problems.ts";
import type { ConversionAnswer, RefundAnswer } from "../../server/rewards/contract.ts";
import { rewardsRoutes } from "../../server/rewards/routes.ts";
import { verifyProgram } from "../../server/rewards/verify-program.ts";
import type { Problem } from "./api.ts";
import { openTestDoors, writingKey } from "./doors.ts";
import type { World } from "./world.ts";

const nothing = () => {};
const log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const bus = { publish: nothing, subscribe: () => nothing, close: async () => {} };

type Replied<Body> = { status: number; body: Body };

/** The doors where money comes in and goes back, over HTTP, on the world's database. */
export async function openMoneyDesk(world: World) {
  const { db, plans } = world;
  const intake = createIntakes({ db, bus, log, plans, publicUrl: () => "http://refer.example" }).conversions;
  const doors = await openTestDoors(db, [
    ...rewardsRoutes({
      db,
      plans,
      intake,
      problems: PROBLEMS,
      announceAccess: nothing,
      publicUrl: () => "http://refer.example",
    }),
    ...participantRoutes({ db }),
  ]);
  const asker = writingKey(world.programId);
  const money = (amount: number, currency = world.currency) => ({ amount, currency });
  const get = async <Body>(path: string, actor: Actor = asker): Promise<Replied<Body>> =>
    (await doors.get(actor, path)) as Replied<Body>;
  const post = async <Body>(
    path: string,
    body?: object,
    key?: string,
  ): Promise<Replied<Body & Pick<Problem, "code" | "detail">>> =>
    (await doors.send(asker, "POST", path, body, key)) as unknown as Replied<
      Body & Pick<Problem, "code" | "detail">
    >;
  return {
    get,
    post,
    /** A POST by somebody else than the key. */
    ask: async <Body>(actor: Actor, path: string, body?: object): Promise<Replied<Body>> =>
      (await doors.send(actor, "POST", path, body)) as unknown as Replied<Body>,
    patch: async <Body>(
      path: string,
      body: object,
    ): Promise<Replied<Body & Pick<Problem, "code" | "detail">>> =>
      (await doors.send(asker, "PATCH", path, body)) as unknown as Replied<
        Body & Pick<Problem, "code" | "detail">
      >,
    buy: (buyer: { id: string }, externalId: string, amount: number, fields: object = {}) =>
      post<ConversionAnswer>("/v1/conversions", {
        external_id: externalId,
        participant: buyer.id,
        amount: money(amount),
        ...fields,
      }),
    refund: (ref: string, externalId: string, amount: number, currency?: string) =>
      post<RefundAnswer>(`/v1/conversions/${ref}/refunds`, {
        external_id: externalId,
        amount: money(amount, currency),
      }),
    chargeback: (ref: string, externalId: string, amount: number) =>
      post<RefundAnswer>(`/v1/conversions/${ref}/chargebacks`, {
        external_id: externalId,
        amount: money(amount),
      }),
    /** The checks of the books that do not hold, in words. */
    async broken(): Promise<string[]> {
      const { checks } = await verifyProgram(db, world.programId, new Date());
      return checks.filter(({ ok }) => !ok).map(({ id, detail }) => `${id}: ${detail}`);
    },
    close: () => doors.close(),
  };
}

export type MoneyDesk = Awaited<ReturnType<typeof openMoneyDesk>>;

export function expectRefused(answer: Replied<unknown>, status: number, code: string): void {
  expect(answer).toMatchObject({ status, body: { status, code } });
}
