import type { ConversionRow } from "../conversions/store.ts";
import { appendEvents } from "../events/append-events.ts";
import type { Fact } from "../events/catalogue.ts";
import { postTransfers } from "../ledger/post-transfers.ts";
import { type Transfer, transferOf } from "../ledger/transfer.ts";
import type { Tx } from "../platform/database.ts";
import { recordQualified } from "../referrals/record-qualified.ts";
import { conversionFacts, rewardWire } from "./presentation.ts";
import { insertRewards, type RewardRow } from "./store.ts";

/** Stores what settlements granted, moves the money from the program's funding, and tells who earned. */
export async function createRewards(
  tx: Tx,
  settled: readonly { conversion: ConversionRow; rewards: readonly RewardRow[] }[],
): Promise<void> {
  const rewards = settled.flatMap((one) => one.rewards);
  if (rewards.length > 0) {
    await insertRewards(tx, rewards);
    await postTransfers(
      tx,
      rewards.map((reward) => grantTransfer(tx.programId ?? "", reward)),
    );
    await recordQualified(tx, [
      ...new Set(rewards.filter(({ level }) => level === 1).map(({ refereeId }) => refereeId)),
    ]);
  }
  await appendEvents(
    tx,
    settled.flatMap(({ conversion, rewards: granted }) => [
      {
        type: "conversion.settled",
        subjectId: conversion.id,
        audience: [],
        object: conversionFacts(conversion, granted),
      },
      ...granted.map(rewardFact),
    ]),
  );
}

function grantTransfer(programId: string, reward: RewardRow): Transfer {
  return transferOf({
    idempotencyKey: `${reward.id}:granted`,
    from: { ownerId: programId, purse: "funding" },
    to: { ownerId: reward.participantId, purse: reward.status === "available" ? "available" : "pending" },
    amount: { minor: reward.amountMinor, currency: reward.currency },
    reason: "granted",
    subjectId: reward.id,
    occurredAt: reward.createdAt,
  });
}

function rewardFact(reward: RewardRow): Fact {
  return {
    type: "reward.created",
    subjectId: reward.id,
    audience: [reward.participantId],
    object: rewardWire(reward),
    moves: [{ purse: reward.status, currency: reward.currency, amount: Number(reward.amountMinor) }],
  };
}
