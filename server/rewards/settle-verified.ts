import { type ConversionReport, VERIFIED_KIND, verifiedExternalId } from "../conversions/conversion.ts";
import type { EventRecord } from "../events/catalogue.ts";
import type { Tx } from "../platform/database.ts";
import { findProgram } from "../programs/find-program.ts";
import { findReferrals } from "../referrals/find-referrals.ts";
import { findPlans, type PlanCache } from "./find-plans.ts";
import { findSettlementFacts } from "./find-settlement-facts.ts";
import { settleConversions } from "./settle-conversions.ts";

/** An address that a referred person has proven to be theirs is a conversion where the plan rewards it. */
export async function settleVerified(
  tx: Tx,
  events: readonly EventRecord[],
  cache: PlanCache,
): Promise<void> {
  const proven = events.filter(({ data }) => isProof(data.object?.["changed"]));
  if (proven.length === 0) return;
  const { plans } = await findPlans(tx, await findProgram(tx), cache);
  if (!plans.some(({ plan }) => plan.rules.some((rule) => rule.on === VERIFIED_KIND))) return;
  const referrals = await findReferrals(
    tx,
    proven.map(({ subjectId }) => subjectId),
  );
  const reported = proven
    .filter(({ subjectId }) => referrals.has(subjectId))
    .map(({ id, subjectId, recordedAt }) => ({
      report: reportOf(subjectId, recordedAt),
      actor: { kind: "system" } as const,
      requestId: id,
    }));
  if (reported.length === 0) return;
  const desk = await findSettlementFacts(
    tx,
    reported.map(({ report }) => report),
    cache,
  );
  await settleConversions(tx, reported, desk);
}

function isProof(changed: unknown): boolean {
  return Array.isArray(changed) && changed.includes("email_verified");
}

function reportOf(participantId: string, occurredAt: Date): ConversionReport {
  return {
    kind: VERIFIED_KIND,
    externalId: verifiedExternalId(participantId),
    participant: participantId,
    amount: null,
    profit: null,
    occurredAt,
    product: null,
    metadata: null,
    fingerprint: VERIFIED_KIND,
  };
}
