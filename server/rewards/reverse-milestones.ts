import type { ConversionRow, RefundedPart } from "../conversions/conversion.ts";
import type { Tx } from "../platform/database.ts";
import { reverseQualification } from "../referrals/reverse-qualification.ts";
import { qualifiedKey } from "./counter.ts";
import { holdCounters } from "./hold-counters.ts";
import { publishedPlans } from "./plans-in-force.ts";
import { recordCounterUses } from "./record-counter-uses.ts";
import { reverseLostMilestones } from "./reverse-lost-milestones.ts";
import { listPublishedPlans } from "./store/plans.ts";
import type { StoredSettlement } from "./stored-settlement.ts";

/**
 * The purchase that made a referral qualified was refunded whole, and its plan takes milestones back: the referral has
 * to qualify again, and bonuses for numbers its advocate has no longer reached end, newest first. Answers what was taken.
 */
export async function reverseMilestones(
  tx: Tx,
  conversion: ConversionRow,
  refundId: string,
): Promise<RefundedPart[]> {
  const stored = conversion.settlement as StoredSettlement;
  const advocateId = stored.upline[0]?.[0];
  if (stored.qualifies !== true || advocateId === undefined) return [];
  const plans = publishedPlans(await listPublishedPlans(tx));
  const plan = plans.find(({ version }) => version === conversion.planVersion)?.plan;
  if (plan?.onRefund.milestones !== "take_back") return [];
  const key = qualifiedKey(advocateId);
  const before = (await holdCounters(tx, [key])).get(key) ?? 0n;
  if (!(await reverseQualification(tx, conversion.participantId, conversion.id))) return [];
  await recordCounterUses(tx, [{ key, amount: -1n }]);
  return reverseLostMilestones(tx, advocateId, before, plans, { refund_id: refundId });
}
