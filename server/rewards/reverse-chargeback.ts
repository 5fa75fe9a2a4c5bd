import type { ConversionRow, RefundRow } from "../conversions/conversion.ts";
import { holdConversion } from "../conversions/hold-conversion.ts";
import { holdRefund } from "../conversions/hold-refund.ts";
import { recordRefundOutcome } from "../conversions/record-refund-outcome.ts";
import { appendEvents } from "../events/append-events.ts";
import { postTransfers } from "../ledger/post-transfers.ts";
import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { findProgram } from "../programs/find-program.ts";
import { findForeignPurchase } from "./find-foreign-purchase.ts";
import { conversionFacts, refundWire, rewardWire } from "./presentation.ts";
import { recordGivenBack } from "./record-given-back.ts";
import { refundedPurse } from "./refunded-purse.ts";
import { releaseHeldRewards } from "./release-held-rewards.ts";
import { type Restoration, restorations } from "./restoration.ts";
import { type ForeignPurchase, rewardTransfers } from "./reward-transfers.ts";
import { lockRewardsOfConversion, type RewardRow, takeReversed } from "./store.ts";

type Restored = { reward: RewardRow; restoration: Restoration };

/**
 * The bank gave the money back: the refunded total falls, and each reward is granted again up to what the refunds
 * that remain leave of it. One that waits for its purchase waits no longer.
 */
export async function reverseChargeback(
  tx: Tx,
  id: string,
): Promise<{ refund: RefundRow; currency: string; isNew: boolean }> {
  const refund = await holdRefund(tx, id);
  if (refund.kind !== "chargeback") throw new Refusal("not_found");
  const { currency } = await findProgram(tx);
  if (refund.status === "reversed") return { refund, currency, isNew: false };
  if (refund.status === "refused") throw new Refusal("chargeback_refused");
  const conversion = refund.conversionId === null ? null : await holdConversion(tx, refund.conversionId);
  const reversed: RefundRow = { ...refund, status: "reversed", reversedAt: tx.now };
  if (conversion === null) {
    await recordRefundOutcome(tx, reversed, 0n);
    return { refund: reversed, currency, isNew: true };
  }
  const total = conversion.refundedMinor - refund.countedMinor;
  const restored = restoredParts(await lockRewardsOfConversion(tx, conversion.id), conversion, total);
  const applied: RefundRow = { ...reversed, restorations: restored.map(partOf) };
  await recordRefundOutcome(tx, applied, -refund.countedMinor);
  await recordGivenBack(
    tx,
    conversion,
    restored.map(({ reward, restoration }) => ({ reward, takenMinor: -restoration.amount.minor })),
  );
  await giveBack(tx, applied, restored, await findForeignPurchase(tx, conversion));
  await tell(tx, { ...conversion, refundedMinor: total }, applied, restored);
  // Whom it is held for may be active again since.
  const held = restored.filter(({ reward }) => stateOf(reward) === "held");
  await releaseHeldRewards(
    tx,
    held.map(({ reward }) => reward.participantId),
  );
  return { refund: applied, currency, isNew: true };
}

function restoredParts(
  rewards: readonly RewardRow[],
  { amountMinor, currency }: ConversionRow,
  total: bigint,
): Restored[] {
  const earned = rewards.map((reward) => ({
    rewardId: reward.id,
    state: reward.status,
    earned: { minor: reward.amountMinor, currency: reward.currency },
    reversedMinor: reward.reversedMinor,
  }));
  // What is worth nothing in the program's currency was refunded whole, or not at all.
  const paid = { minor: amountMinor === 0n ? 1n : amountMinor, currency };
  return restorations(earned, paid, total).flatMap((restoration) => {
    const reward = rewards.find(({ id }) => id === restoration.rewardId);
    return reward ? [{ reward, restoration }] : [];
  });
}

function partOf({ reward, restoration: { amount } }: Restored): RefundRow["restorations"][number] {
  return {
    reward_id: reward.id,
    participant_id: reward.participantId,
    level: reward.level,
    amount: Number(amount.minor),
    currency: amount.currency,
  };
}

/** As it was before all of it was taken back. */
function stateOf(reward: RewardRow): RewardRow["status"] {
  return reward.reversedFrom ?? reward.status;
}

async function giveBack(
  tx: Tx,
  refund: RefundRow,
  restored: readonly Restored[],
  foreign: ForeignPurchase | null,
): Promise<void> {
  if (restored.length === 0) return;
  await postTransfers(
    tx,
    restored.flatMap(({ reward, restoration }) =>
      rewardTransfers(
        tx.programId ?? "",
        {
          reward,
          purse: refundedPurse(stateOf(reward)),
          amountMinor: restoration.amount.minor,
          isBack: false,
          netMinor: reward.amountMinor - reward.reversedMinor,
          idempotencyKey: `${reward.id}:restored:${refund.id}`,
          reason: "restored",
          occurredAt: tx.now,
        },
        foreign,
      ),
    ),
  );
  await takeReversed(
    tx,
    restored.map(({ reward, restoration }) => ({
      id: reward.id,
      taken: restoration.amount.minor.toString(),
    })),
  );
}

async function tell(
  tx: Tx,
  conversion: ConversionRow,
  refund: RefundRow,
  restored: readonly Restored[],
): Promise<void> {
  await appendEvents(tx, [
    {
      type: "conversion.chargeback_reversed",
      subjectId: conversion.id,
      audience: [],
      object: { ...refundWire(refund, conversion.currency), conversion: conversionFacts(conversion, []) },
    },
    ...restored.map(({ reward, restoration: { amount } }) => ({
      type: "reward.restored" as const,
      subjectId: reward.id,
      audience: [reward.participantId],
      object: {
        ...rewardWire({
          ...reward,
          reversedMinor: reward.reversedMinor - amount.minor,
          status: stateOf(reward),
        }),
        refund_id: refund.id,
      },
      moves: [
        {
          purse: refundedPurse(stateOf(reward)),
          currency: reward.currency,
          amount: Number(amount.minor),
        },
      ],
    })),
  ]);
}
