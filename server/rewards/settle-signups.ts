import { type ConversionReport, SIGNUP_KIND, signupExternalId } from "../conversions/conversion.ts";
import type { EventRecord } from "../events/catalogue.ts";
import type { Tx } from "../platform/database.ts";
import { findProgram } from "../programs/find-program.ts";
import { findPlans, type PlanCache } from "./find-plans.ts";
import { findSettlementFacts } from "./find-settlement-facts.ts";
import { settleConversions } from "./settle-conversions.ts";

/** A referred sign-up is a conversion of its own where the plan rewards it. */
export async function settleSignups(tx: Tx, events: readonly EventRecord[], cache: PlanCache): Promise<void> {
  const joined = events.filter(isFirstPlace);
  if (joined.length === 0) return;
  const { plans } = await findPlans(tx, await findProgram(tx), cache);
  if (!plans.some(({ plan }) => plan.rules.some((rule) => rule.on === SIGNUP_KIND))) return;
  const reported = joined.map((event) => ({
    report: signupReport(String(event.data.object?.["referee_id"]), event.recordedAt),
    actor: { kind: "system" } as const,
    requestId: event.id,
  }));
  const desk = await findSettlementFacts(
    tx,
    reported.map(({ report }) => report),
    cache,
  );
  await settleConversions(tx, reported, desk);
}

/** Somebody has an advocate who had none: when they joined, or when it was decided later. */
function isFirstPlace({ type, audience, data }: EventRecord): boolean {
  if (type === "referral.reassigned") return data.object?.["former_advocate_id"] == null;
  return type === "referral.created" && audience.length > 0;
}

function signupReport(refereeId: string, occurredAt: Date): ConversionReport {
  return {
    kind: SIGNUP_KIND,
    externalId: signupExternalId(refereeId),
    participant: refereeId,
    amount: null,
    profit: null,
    occurredAt,
    product: null,
    metadata: null,
    fingerprint: SIGNUP_KIND,
  };
}
