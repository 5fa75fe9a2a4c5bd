import type { ConversionRow, RefundedPart, RefundRow } from "../conversions/conversion.ts";
import { findRefunds } from "../conversions/find-refunds.ts";
import { paidOf } from "../conversions/original.ts";
import { recordRefund } from "../conversions/record-refund.ts";
import { recordRefundOutcome } from "../conversions/record-refund-outcome.ts";
import { type CountedTotal, countedTotal } from "../conversions/refunded-total.ts";
import { appendEvents } from "../events/append-events.ts";
import { postTransfers } from "../ledger/post-transfers.ts";
import type { Tx } from "../platform/database.ts";
import type { Money } from "../primitives/money.ts";
import { findForeignPurchase } from "./find-foreign-purchase.ts";
import { conversionFacts, refundWire, rewardWire } from "./presentation.ts";
import { recordGivenBack } from "./record-given-back.ts";
import { refundedPurse } from "./refunded-purse.ts";
import { type Reversal, refundTotal, reversals } from "./reversal.ts";
import { reverseMilestones } from "./reverse-milestones.ts";
import { type ForeignPurchase, rewardTransfers } from "./reward-transfers.ts";
import { addReversed, lockRewardsOfConversion, type RewardRow } from "./store.ts";

type Reversed = { reward: RewardRow; reversal: Reversal };

/**
 * Takes back, from everyone who earned on a purchase, the part that belongs to one refund or chargeback: the
 * opposite transfers, level by level. The caller has locked the conversion; `isStored` is one that had waited.
 */
export async function reverseRefundedPart(
  tx: Tx,
  conversion: ConversionRow,
  refund: RefundRow,
  isStored: boolean,
): Promise<RefundRow> {
  const foreign = await findForeignPurchase(tx, conversion);
  const counted = await countRefund(tx, conversion, refund, foreign);
  const rewards = await lockRewardsOfConversion(tx, conversion.id);
  const reversed = reversedParts(rewards, counted.amount, counted.refundedMinor);
  const applied: RefundRow = {
    ...refund,
    status: "applied",
    conversionId: conversion.id,
    countedMinor: counted.countedMinor,
    reversals: reversed.map(partOf),
    appliedAt: tx.now,
  };
  if (isStored) await recordRefundOutcome(tx, applied, applied.countedMinor);
  else await recordRefund(tx, applied);
  await recordGivenBack(
    tx,
    conversion,
    reversed.map(({ reward, reversal }) => ({ reward, takenMinor: reversal.amount.minor })),
  );
  await postReversals(tx, refund, reversed, foreign);
  const refundedMinor = conversion.refundedMinor + counted.countedMinor;
  const lost = counted.isWhole ? await reverseMilestones(tx, conversion, refund.id) : [];
  // Bonuses of other purchases that ended with their milestone are this refund's doing, too.
  const whole = { ...applied, reversals: [...applied.reversals, ...lost] };
  if (lost.length > 0) await recordRefundOutcome(tx, whole, 0n);
  await tell(tx, { ...conversion, refundedMinor }, whole, reversed);
  return whole;
}

async function countRefund(
  tx: Tx,
  conversion: ConversionRow,
  refund: RefundRow,
  foreign: ForeignPurchase | null,
): Promise<CountedTotal> {
  const { amountMinor, currency, refundedMinor } = conversion;
  const paid = paidOf(conversion);
  const before = foreign === null ? refundedMinor : await refundedBefore(tx, conversion.id);
  const total = refundTotal(paid, before, { minor: refund.amountMinor, currency: refund.currency });
  const refunded = { minor: total, currency: paid.currency };
  return countedTotal(
    { minor: amountMinor, currency },
    refundedMinor,
    { refunded, paid },
    foreign?.rate.rate ?? null,
  );
}

async function refundedBefore(tx: Tx, conversionId: string): Promise<bigint> {
  const refunds = await findRefunds(tx, { conversionId });
  return refunds.reduce(
    (sum, { status, amountMinor }) => sum + (status === "applied" ? amountMinor : 0n),
    0n,
  );
}

function reversedParts(rewards: readonly RewardRow[], paid: Money, total: bigint): Reversed[] {
  const earned = rewards.map((reward) => ({
    rewardId: reward.id,
    // What was used before the rest expired is taken back; what expired was taken back already.
    state: reward.status === "expired" ? ("available" as const) : reward.status,
    earned: { minor: reward.amountMinor, currency: reward.currency },
    reversedMinor: reward.reversedMinor + reward.expiredMinor,
  }));
  const byId = new Map(rewards.map((reward) => [reward.id, reward]));
  return reversals(earned, paid, total).flatMap((reversal) => {
    const reward = byId.get(reversal.rewardId);
    return reward ? [{ reward, reversal }] : [];
  });
}

/** What has expired stays so. */
function endsReward({ reward, reversal }: Reversed): boolean {
  return reversal.isWhole && reward.status !== "expired";
}

function partOf({ reward, reversal }: Reversed): RefundedPart {
  return {
    reward_id: reward.id,
    participant_id: reward.participantId,
    level: reward.level,
    amount: Number(reversal.amount.minor),
    currency: reversal.amount.currency,
  };
}

async function postReversals(
  tx: Tx,
  refund: Pick<RefundRow, "id">,
  reversed: readonly Reversed[],
  foreign: ForeignPurchase | null,
): Promise<void> {
  if (reversed.length === 0) return;
  await postTransfers(
    tx,
    reversed.flatMap(({ reward, reversal }) =>
      rewardTransfers(
        tx.programId ?? "",
        {
          reward,
          purse: refundedPurse(reward.status),
          amountMinor: reversal.amount.minor,
          isBack: true,
          netMinor: reward.amountMinor - reward.reversedMinor,
          idempotencyKey: `${reward.id}:reversed:${refund.id}`,
          reason: "reversed",
          occurredAt: tx.now,
        },
        foreign,
      ),
    ),
  );
  await addReversed(
    tx,
    reversed.map(({ reward, reversal }) => ({
      id: reversal.rewardId,
      added: reversal.amount.minor.toString(),
      is_whole: endsReward({ reward, reversal }),
    })),
  );
}

async function tell(
  tx: Tx,
  conversion: ConversionRow,
  refund: RefundRow,
  reversed: readonly Reversed[],
): Promise<void> {
  await appendEvents(tx, [
    {
      type: "conversion.refunded",
      subjectId: conversion.id,
      audience: [],
      object: { ...refundWire(refund, conversion.currency), conversion: conversionFacts(conversion, []) },
    },
    ...reversed.map(({ reward, reversal }) => ({
      type: "reward.reversed" as const,
      subjectId: reward.id,
      audience: [reward.participantId],
      object: {
        ...rewardWire({
          ...reward,
          reversedMinor: reward.reversedMinor + reversal.amount.minor,
          status: endsReward({ reward, reversal }) ? "reversed" : reward.status,
        }),
        refund_id: refund.id,
      },
      moves: [
        {
          purse: refundedPurse(reward.status),
          currency: reward.currency,
          amount: -Number(reversal.amount.minor),
        },
      ],
    })),
  ]);
}
