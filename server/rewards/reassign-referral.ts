import { type Actor, actorId } from "../access/actor.ts";
import { holdPastConversions } from "../conversions/hold-past-conversions.ts";
import type { Tx } from "../platform/database.ts";
import { findProgram } from "../programs/find-program.ts";
import { holdTermsAlone } from "../programs/hold-terms-alone.ts";
import { holdReassignment } from "../referrals/hold-reassignment.ts";
import type { Move, Reassignment } from "../referrals/reassignment.ts";
import { isQualified, type Referral } from "../referrals/referral.ts";
import { setAdvocate } from "../referrals/set-advocate.ts";
import { qualifiedKey } from "./counter.ts";
import { counterKeys } from "./counter-keys.ts";
import { findPastConversions } from "./find-past-conversions.ts";
import { findPlans, type PlanCache } from "./find-plans.ts";
import { holdCounters } from "./hold-counters.ts";
import { movedMinor, movedMoney } from "./moved-money.ts";
import { recordCounterUses } from "./record-counter-uses.ts";
import { type FormerQualification, type PastConversion, resettle } from "./resettlement.ts";
import { reverseLostMilestones } from "./reverse-lost-milestones.ts";
import { settleAgain } from "./settle-again.ts";
import { type StoredSettlement, storedUses } from "./stored-settlement.ts";

export type ReassignmentOrder = {
  refereeId: string;
  advocateId: string;
  reason: string;
  actor: Actor;
  claimId: string | null;
  proposalId: string | null;
};

type Told = { move: Move; past: PastConversion[] };

export type Reassigned = {
  reassignment: Omit<Reassignment, "decidedAt">;
  referral: Referral;
  /** How many moved along. */
  people: number;
  /** It moves more than one person may decide. */
  needsSecondPerson: boolean;
};

/**
 * Puts somebody under another advocate and settles what they bought again, as if it had always been so. Whoever buys
 * at the same moment does so before it or after it. What people below them bought stays with those who stood above
 * then. `told`: a decision that is told again, with all that was found when it was made.
 */
export async function reassignReferral(
  tx: Tx,
  order: ReassignmentOrder,
  cache: PlanCache,
  told: Told | null = null,
): Promise<Reassigned> {
  // In the order in which a refund locks: its purchase, then the terms.
  await holdPastConversions(tx, order.refereeId);
  await holdTermsAlone(tx);
  const move = told?.move ?? (await holdReassignment(tx, order.refereeId, order.advocateId));
  const past = told?.past ?? (await findPastConversions(tx, move, cache));
  const former = formerQualification(move);
  const values = await holdCounters(tx, keysOf(past, former));
  const { resettled, uses } = resettle(values, past, former);
  const reassignment: Reassigned["reassignment"] = {
    id: tx.newId("rea"),
    referralId: move.referral?.id ?? tx.newId("ref"),
    refereeId: move.referee.id,
    formerAdvocateId: move.formerAdvocateId,
    advocateId: move.advocate.id,
    inviterId: move.inviterId === move.advocate.id ? null : move.inviterId,
    claimId: order.claimId,
    proposalId: order.proposalId,
    reason: order.reason,
    decidedBy: actorId(order.actor),
    money: movedMoney(resettled),
  };
  const referral = await setAdvocate(tx, move, reassignment);
  await settleAgain(tx, reassignment.id, resettled);
  await recordCounterUses(tx, uses);
  if (former) await takeMilestones(tx, past, former, values, reassignment.id, cache);
  const { currency, reassignSecondPersonAbove: limit } = await findProgram(tx);
  const needsSecondPerson = limit !== null && movedMinor(reassignment.money, currency) > limit;
  return { reassignment, referral, people: move.below.length, needsSecondPerson };
}

function formerQualification({ referral, formerAdvocateId }: Move): FormerQualification | null {
  if (!referral || formerAdvocateId === null || !isQualified(referral.status)) return null;
  return { advocateId: formerAdvocateId };
}

/** Every counter that giving back or settling again may touch. */
function keysOf(past: readonly PastConversion[], former: FormerQualification | null): string[] {
  const keys = past.flatMap(({ row, facts, rewards }) => [
    ...counterKeys(facts),
    ...rewards.flatMap((reward) =>
      storedUses(row.settlement as StoredSettlement, reward).map(({ key }) => key),
    ),
  ]);
  const isCounted = former !== null && past.some(({ facts }) => facts.kept.qualified);
  return isCounted ? [...keys, qualifiedKey(former.advocateId)] : keys;
}

/** The advocate has one qualified friend fewer: bonuses for a number not reached any more end, where the plan says so. */
async function takeMilestones(
  tx: Tx,
  past: readonly PastConversion[],
  { advocateId }: FormerQualification,
  values: ReadonlyMap<string, bigint>,
  reassignmentId: string,
  cache: PlanCache,
): Promise<void> {
  const before = values.get(qualifiedKey(advocateId));
  const { plans } = await findPlans(tx, await findProgram(tx), cache);
  const qualifying = past.find(({ row }) => (row.settlement as StoredSettlement).qualifies === true);
  if (before === undefined || qualifying?.facts.plan.onRefund.milestones !== "take_back") return;
  await reverseLostMilestones(tx, advocateId, before, plans, { reassignment_id: reassignmentId });
}
