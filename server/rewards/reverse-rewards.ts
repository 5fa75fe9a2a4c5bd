import type { ConversionRow, RefundRow } from "../conversions/conversion.ts";
import { findRefunds } from "../conversions/find-refunds.ts";
import { holdConversion } from "../conversions/hold-conversion.ts";
import { recordRefund } from "../conversions/record-refund.ts";
import { appendEvents } from "../events/append-events.ts";
import type { Purse } from "../ledger/account.ts";
import { postTransfers } from "../ledger/post-transfers.ts";
import { transferOf } from "../ledger/transfer.ts";
import type { Tx } from "../platform/database.ts";
import type { Money } from "../primitives/money.ts";
import { Refusal } from "../primitives/refusal.ts";
import { conversionFacts, refundWire, rewardWire } from "./presentation.ts";
import { type Reversal, refundTotal, reversals } from "./reversal.ts";
import { addReversed, lockRewardsOfConversion, type RewardRow } from "./store.ts";

export type RefundReport = { conversion: string; externalId: string; amount: Money };

type Reversed = { reward: RewardRow; reversal: Reversal };

/**
 * Takes back, from everyone who earned on a purchase, the part that belongs to a refund: the opposite
 * transfers, level by level. A refund that is known answers what stands and changes nothing.
 */
export async function reverseRewards(
  tx: Tx,
  report: RefundReport,
): Promise<{ refund: RefundRow; isNew: boolean }> {
  const conversion = await holdConversion(tx, report.conversion);
  const [known] = await findRefunds(tx, { externalId: report.externalId });
  if (known) {
    if (!isSame(known, conversion.id, report.amount)) throw new Refusal("external_id_reused");
    return { refund: known, isNew: false };
  }
  if (conversion.status !== "settled") throw new Refusal("conversion_not_settled");
  const paid = { minor: conversion.amountMinor, currency: conversion.currency };
  const total = refundTotal(paid, conversion.refundedMinor, report.amount);
  const reversed = reversedParts(await lockRewardsOfConversion(tx, conversion.id), paid, total);
  const refund = await storeRefund(tx, conversion, report, reversed);
  await postReversals(tx, refund, reversed);
  await tell(tx, { ...conversion, refundedMinor: total }, refund, reversed);
  return { refund, isNew: true };
}

function isSame(known: RefundRow, conversionId: string, amount: Money): boolean {
  return (
    known.conversionId === conversionId &&
    known.amountMinor === amount.minor &&
    known.currency === amount.currency
  );
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

function storeRefund(tx: Tx, conversion: ConversionRow, report: RefundReport, reversed: readonly Reversed[]) {
  return recordRefund(tx, {
    id: tx.newId("rfd"),
    externalId: report.externalId,
    conversionId: conversion.id,
    amountMinor: report.amount.minor,
    currency: report.amount.currency,
    reversals: reversed.map(({ reward, reversal }) => ({
      reward_id: reward.id,
      participant_id: reward.participantId,
      level: reward.level,
      amount: Number(reversal.amount.minor),
      currency: reversal.amount.currency,
    })),
  });
}

async function postReversals(tx: Tx, refund: RefundRow, reversed: readonly Reversed[]): Promise<void> {
  if (reversed.length === 0) return;
  await postTransfers(
    tx,
    reversed.map(({ reward, reversal }) =>
      transferOf({
        idempotencyKey: `${reward.id}:reversed:${refund.id}`,
        from: { ownerId: reward.participantId, purse: purseOf(reward) },
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

/** Money that was paid out is owed back: the available purse goes below zero and is netted later. */
function purseOf(reward: RewardRow): Purse {
  return reward.status === "pending" || reward.status === "held" ? reward.status : "available";
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
      object: { ...refundWire(refund), conversion: conversionFacts(conversion, []) },
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
      moves: [{ purse: purseOf(reward), currency: reward.currency, amount: -Number(reversal.amount.minor) }],
    })),
  ]);
}
