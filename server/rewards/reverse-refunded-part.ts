import type { ConversionRow, RefundedPart, RefundRow } from "../conversions/conversion.ts";
import { recordRefund } from "../conversions/record-refund.ts";
import { recordRefundOutcome } from "../conversions/record-refund-outcome.ts";
import { appendEvents } from "../events/append-events.ts";
import { postTransfers } from "../ledger/post-transfers.ts";
import { transferOf } from "../ledger/transfer.ts";
import type { Tx } from "../platform/database.ts";
import type { Money } from "../primitives/money.ts";
import { conversionFacts, refundWire, rewardWire } from "./presentation.ts";
import { refundedPurse } from "./refunded-purse.ts";
import { type Reversal, refundTotal, reversals } from "./reversal.ts";
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
  const paid = { minor: conversion.amountMinor, currency: conversion.currency };
  const amount = { minor: refund.amountMinor, currency: refund.currency };
  const total = refundTotal(paid, conversion.refundedMinor, amount);
  const reversed = reversedParts(await lockRewardsOfConversion(tx, conversion.id), paid, total);
  const applied: RefundRow = {
    ...refund,
    status: "applied",
    conversionId: conversion.id,
    countedMinor: total - conversion.refundedMinor,
    reversals: reversed.map(partOf),
    appliedAt: tx.now,
  };
  if (isStored) await recordRefundOutcome(tx, applied, applied.countedMinor);
  else await recordRefund(tx, applied);
  await postReversals(tx, refund, reversed);
  await tell(tx, { ...conversion, refundedMinor: total }, applied, reversed);
  return applied;
}

function reversedParts(rewards: readonly RewardRow[], paid: Money, total: bigint): Reversed[] {
  const earned = rewards.map((reward) => ({
    rewardId: reward.id,
    state: reward.status,
    earned: { minor: reward.amountMinor, currency: reward.currency },
    reversedMinor: reward.reversedMinor,
  }));
  const byId = new Map(rewards.map((reward) => [reward.id, reward]));
  return reversals(earned, paid, total).flatMap((reversal) => {
    const reward = byId.get(reversal.rewardId);
    return reward ? [{ reward, reversal }] : [];
  });
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
): Promise<void> {
  if (reversed.length === 0) return;
  await postTransfers(
    tx,
    reversed.map(({ reward, reversal }) =>
      transferOf({
        idempotencyKey: `${reward.id}:reversed:${refund.id}`,
        from: { ownerId: reward.participantId, purse: refundedPurse(reward.status) },
        to: { ownerId: tx.programId ?? "", purse: "funding" },
        amount: reversal.amount,
        reason: "reversed",
        subjectId: reward.id,
        occurredAt: tx.now,
      }),
    ),
  );
  await addReversed(
    tx,
    reversed.map(({ reversal }) => ({
      id: reversal.rewardId,
      added: reversal.amount.minor.toString(),
      is_whole: reversal.isWhole,
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
          status: reversal.isWhole ? "reversed" : reward.status,
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
