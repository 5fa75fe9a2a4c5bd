import type { Click, ClickId } from "./clicks/click.ts";
import { recordClickBatch } from "./clicks/record-click-batch.ts";
import type { Bus } from "./platform/bus.ts";
import type { Database } from "./platform/database.ts";
import { isOutage } from "./platform/database-errors.ts";
import { type GroupCommitOptions, GroupCommits } from "./platform/group-commit.ts";
import { type BatchAnswer, keepAnswer } from "./platform/idempotency.ts";
import type { Log } from "./platform/log.ts";
import { Refusal } from "./primitives/refusal.ts";
import { attributeSignupRequests, type SignupRequest } from "./referrals/attribute-signup-requests.ts";
import type { PlanCache } from "./rewards/find-plans.ts";
import { findSettleGround } from "./rewards/find-settle-ground.ts";
import { recordUnsettled } from "./rewards/record-unsettled.ts";
import { type SettleRequest, settleRequests } from "./rewards/settle-requests.ts";

export type IntakeDeps = { db: Database; bus: Bus; log: Log; plans: PlanCache; publicUrl: () => string };

export type Intakes = {
  clicks: GroupCommits<Omit<Click, "id">, ClickId>;
  signups: GroupCommits<SignupRequest, BatchAnswer | Refusal>;
  conversions: GroupCommits<SettleRequest, BatchAnswer | Refusal>;
};

/** Clicks and conversions lock no row that others need, so two of their batches can be under way. */
const SECOND_BATCH_FROM = 16;

/** The three places where concurrent requests share a commit. After each batch one notice tells the streams. */
export function createIntakes({ db, bus, log, plans, publicUrl }: IntakeDeps): Intakes {
  const announced = async <T>(programId: string, work: Promise<T>): Promise<T> => {
    const done = await work;
    bus.publish("events", programId);
    return done;
  };
  return {
    clicks: new GroupCommits((programId) => ({
      ...common,
      secondBatchFrom: SECOND_BATCH_FROM,
      run: (clicks) => recordClickBatch(db, programId, clicks),
    })),
    signups: new GroupCommits((programId) => ({
      ...common,
      run: (requests) =>
        announced(
          programId,
          db.write(programId, (tx) => attributeSignupRequests(tx, requests, publicUrl())),
        ),
    })),
    conversions: new GroupCommits((programId) => ({
      ...common,
      secondBatchFrom: SECOND_BATCH_FROM,
      run: async (requests) => {
        const settled = db.writeSeeing(
          programId,
          (reader) => findSettleGround(reader, requests, plans),
          (tx, ground) => settleRequests(tx, requests, ground, plans),
        );
        try {
          return await announced(programId, settled);
        } catch (error) {
          const [only] = requests;
          if (requests.length > 1 || !only || !mayRetrySingly(error)) throw error;
          log.error(
            { error, program_id: programId, request_id: only.requestId },
            "a conversion could not be settled",
          );
          return [await keepUnsettled(db, programId, only)];
        }
      },
    })),
  };
}

/** Durable now, settled by the worker later: 202. */
async function keepUnsettled(db: Database, programId: string, request: SettleRequest): Promise<BatchAnswer> {
  return db.write(programId, async (tx) => {
    const body = await recordUnsettled(tx, request);
    if (request.idempotency)
      await keepAnswer(tx, request.idempotency, { status: 202, body: JSON.stringify(body) });
    return { status: 202, body, isReplay: false };
  });
}

function mayRetrySingly(error: unknown): boolean {
  return !(error instanceof Refusal) && !isOutage(error);
}

const common: Pick<GroupCommitOptions<never, never>, "mayRetrySingly" | "overloaded"> = {
  mayRetrySingly,
  overloaded: () => new Refusal("overloaded", { facts: { retry_after: 1 } }),
};
