import type { ConversionReport } from "../conversions/conversion.ts";
import type { Tx } from "../platform/database.ts";
import { fromWire } from "../primitives/money.ts";
import { Refusal } from "../primitives/refusal.ts";
import { findProgram } from "../programs/find-program.ts";
import { findReferrals } from "../referrals/find-referrals.ts";
import { isQualified, type Referral } from "../referrals/referral.ts";
import { findPlans, type PlanCache, type Terms } from "../rewards/find-plans.ts";
import type { FoundFacts, SettlementDesk } from "../rewards/find-settlement-facts.ts";
import { planHolding } from "../rewards/plans-in-force.ts";
import { settleConversions } from "../rewards/settle-conversions.ts";
import type { LoggedConversion } from "./logged-fact.ts";
import { seenFacts, seenReferredAt } from "./seen-facts.ts";

/** Settles a conversion of the log by what stands here, and by how its settlement saw the people around it. */
export async function replayConversion(tx: Tx, logged: LoggedConversion, cache: PlanCache): Promise<void> {
  const program = await findProgram(tx);
  const terms = await findPlans(tx, program, cache);
  const { participant, external } = logged;
  const referral = (await findReferrals(tx, [participant])).get(participant);
  const desk: SettlementDesk = {
    program,
    known: new Map(),
    waitedFor: new Set(logged.with_refunds ? [external] : []),
    factsFor: (report, occurredAt) =>
      factsSeen(report, occurredAt, logged, terms, program.currency, referral),
  };
  const [outcome] = await settleConversions(
    tx,
    [{ report: reportOf(logged), actor: { kind: "system" }, requestId: logged.id }],
    desk,
  );
  if (outcome?.kind === "refused") throw outcome.refusal;
}

function reportOf(logged: LoggedConversion): ConversionReport {
  return {
    kind: logged.kind,
    externalId: logged.external,
    participant: logged.participant,
    amount: fromWire(logged.amount),
    profit: logged.profit && fromWire(logged.profit),
    occurredAt: new Date(logged.occurred_at),
    product: logged.product,
    metadata: null,
    fingerprint: logged.external,
  };
}

function factsSeen(
  report: Pick<ConversionReport, "kind" | "amount" | "profit" | "product">,
  occurredAt: Date,
  { participant, saw }: LoggedConversion,
  terms: Terms,
  currency: string,
  referral: Referral | undefined,
): FoundFacts | Refusal {
  const published = planHolding(terms.plans, occurredAt, seenReferredAt(saw));
  if (!published) return new Refusal("no_plan_in_force");
  const isSoFar = referral !== undefined && isQualified(referral.status);
  const facts = seenFacts(
    { report, occurredAt, participant, saw, currency, isQualified: isSoFar },
    terms,
    published,
  );
  return {
    // Who was active then is told: nobody is asked again.
    facts: { ...facts, plan: { ...facts.plan, activity: null } },
    published,
    referralStatus: referral?.status ?? null,
  };
}
