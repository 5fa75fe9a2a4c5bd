import type { RefundedPart } from "../conversions/conversion.ts";
import { findConversion } from "../conversions/find-conversion.ts";
import { appendEvents } from "../events/append-events.ts";
import { postTransfers } from "../ledger/post-transfers.ts";
import type { ParticipantId } from "../participants/participant.ts";
import type { Tx } from "../platform/database.ts";
import { qualifiedKey } from "./counter.ts";
import { findForeignPurchase } from "./find-foreign-purchase.ts";
import type { PublishedPlan } from "./plans-in-force.ts";
import { rewardWire } from "./presentation.ts";
import { recordGivenBack } from "./record-given-back.ts";
import { refundedPurse } from "./refunded-purse.ts";
import { rewardTransfers } from "./reward-transfers.ts";
import { cancelReversed, lockMilestoneRewards } from "./store/milestones.ts";
import { addReversed, type RewardRow } from "./store.ts";

/** What took them back: a refund, or a reassignment. */
type Cause = { refund_id: string } | { reassignment_id: string };

/**
 * Bonuses of an advocate for numbers they have no longer reached end, newest first; `before`: how many they had. Answers
 * what was taken of each.
 */
export async function reverseLostMilestones(
  tx: Tx,
  advocateId: ParticipantId,
  before: bigint,
  plans: readonly PublishedPlan[],
  cause: Cause,
): Promise<RefundedPart[]> {
  const bonuses = new Set(
    plans.flatMap(({ version, plan: { rules } }) =>
      rules.flatMap(({ id, rule }) => (rule.name === "milestone_bonus" ? [`${version} ${id}`] : [])),
    ),
  );
  const reached = await lockMilestoneRewards(tx, advocateId, qualifiedKey(advocateId), before - 1n);
  const lost = reached.filter((reward) => bonuses.has(`${reward.planVersion} ${reward.rule}`));
  const standing = lost.filter(({ status }) => status !== "reversed");
  for (const reward of standing) await take(tx, reward, cause);
  await cancelReversed(
    tx,
    lost.map(({ id }) => id),
  );
  return standing.map((reward) => ({
    ...{ reward_id: reward.id, participant_id: reward.participantId, level: reward.level },
    ...{ amount: Number(reward.amountMinor - reward.reversedMinor), currency: reward.currency },
  }));
}

/** What is left of one bonus goes back; there are few of them, and each may be of another purchase. */
async function take(tx: Tx, reward: RewardRow, cause: Cause): Promise<void> {
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
        idempotencyKey: `${reward.id}:reversed:${Object.values(cause)[0]}`,
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
        ...cause,
      },
      moves: [{ purse, currency: reward.currency, amount: -Number(left) }],
    },
  ]);
}
