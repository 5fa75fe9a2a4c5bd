import type { ConversionRow } from "../conversions/conversion.ts";
import { findConversion } from "../conversions/find-conversion.ts";
import { appendEvents } from "../events/append-events.ts";
import { postTransfers } from "../ledger/post-transfers.ts";
import type { Tx } from "../platform/database.ts";
import { reverseQualification } from "../referrals/reverse-qualification.ts";
import { qualifiedKey } from "./counter.ts";
import { findForeignPurchase } from "./find-foreign-purchase.ts";
import { holdCounters } from "./hold-counters.ts";
import { publishedPlans } from "./plans-in-force.ts";
import { rewardWire } from "./presentation.ts";
import { recordCounterUses } from "./record-counter-uses.ts";
import { recordGivenBack } from "./record-given-back.ts";
import { refundedPurse } from "./refunded-purse.ts";
import { rewardTransfers } from "./reward-transfers.ts";
import { cancelReversed, lockMilestoneRewards } from "./store/milestones.ts";
import { listPublishedPlans } from "./store/plans.ts";
import { addReversed, type RewardRow } from "./store.ts";
import type { StoredSettlement } from "./stored-settlement.ts";

/**
 * The purchase that made a referral qualified was refunded whole, and its plan takes milestones back: the referral has
 * to qualify again, and bonuses for numbers its advocate has no longer reached end, newest first.
 */
export async function reverseMilestones(tx: Tx, conversion: ConversionRow, refundId: string): Promise<void> {
  const stored = conversion.settlement as StoredSettlement;
  const advocateId = stored.upline[0]?.[0];
  if (stored.qualifies !== true || advocateId === undefined) return;
  const plans = publishedPlans(await listPublishedPlans(tx));
  const plan = plans.find(({ version }) => version === conversion.planVersion)?.plan;
  if (plan?.onRefund.milestones !== "take_back") return;
  const key = qualifiedKey(advocateId);
  const before = (await holdCounters(tx, [key])).get(key) ?? 0n;
  if (!(await reverseQualification(tx, conversion.participantId, conversion.id))) return;
  await recordCounterUses(tx, [{ key, amount: -1n }]);
  const bonuses = new Set(
    plans.flatMap(({ version, plan: { rules } }) =>
      rules.flatMap(({ id, rule }) => (rule.name === "milestone_bonus" ? [`${version} ${id}`] : [])),
    ),
  );
  const lost = (await lockMilestoneRewards(tx, advocateId, key, before - 1n)).filter((reward) =>
    bonuses.has(`${reward.planVersion} ${reward.rule}`),
  );
  for (const reward of lost) if (reward.status !== "reversed") await take(tx, reward, refundId);
  await cancelReversed(
    tx,
    lost.map(({ id }) => id),
  );
}

/** What is left of one bonus goes back; there are few of them, and each may be of another purchase. */
async function take(tx: Tx, reward: RewardRow, refundId: string): Promise<void> {
  const conversion = await findConversion(tx, reward.conversionId);
  const left = reward.amountMinor - reward.reversedMinor;
  const purse = refundedPurse(reward.status);
  await recordGivenBack(tx, conversion, [{ reward, takenMinor: left }]);
  await postTransfers(
    tx,
    rewardTransfers(
      tx.programId ?? "",
      {
        ...{ reward, purse, amountMinor: left, isBack: true, netMinor: left },
        idempotencyKey: `${reward.id}:reversed:${refundId}`,
        reason: "reversed",
        occurredAt: tx.now,
      },
      await findForeignPurchase(tx, conversion),
    ),
  );
  await addReversed(tx, [{ id: reward.id, added: left.toString(), is_whole: true }]);
  await appendEvents(tx, [
    {
      type: "reward.reversed",
      subjectId: reward.id,
      audience: [reward.participantId],
      object: {
        ...rewardWire({ ...reward, reversedMinor: reward.amountMinor, status: "reversed" }),
        refund_id: refundId,
      },
      moves: [{ purse, currency: reward.currency, amount: -Number(left) }],
    },
  ]);
}
