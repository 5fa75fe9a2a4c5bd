import type { ConversionRow } from "../conversions/conversion.ts";
import { appendEvents } from "../events/append-events.ts";
import type { Fact } from "../events/catalogue.ts";
import { postTransfers } from "../ledger/post-transfers.ts";
import { type Transfer, transferOf } from "../ledger/transfer.ts";
import type { Tx } from "../platform/database.ts";
import { recordQualified } from "../referrals/record-qualified.ts";
import { recordRewarded } from "../referrals/record-rewarded.ts";
import type { ReferralStatus } from "../referrals/referral.ts";
import { insertRewards, type RewardRow } from "./store.ts";

/** A settled conversion on its way into the books. */
export type Granted = {
  conversion: ConversionRow;
  rewards: readonly RewardRow[];
  /** How the buyer's referral stood before it; null where nobody brought them. */
  referralStatus: ReferralStatus | null;
};

/** Stores what settlements granted, moves the money from the program's funding, and tells who earned. */
export async function createRewards(tx: Tx, settled: readonly Granted[]): Promise<void> {
  const rewards = settled.flatMap((one) => one.rewards);
  if (rewards.length > 0) insertRewards(tx, rewards);
  await postTransfers(
    tx,
    rewards.map((reward) => grantTransfer(tx.programId ?? "", reward)),
  );
  await appendEvents(tx, settled.flatMap(factsOf));
  await recordProgress(tx, settled);
}

/** Referrals move on with the first reward at level one, and again when one is available. */
async function recordProgress(tx: Tx, settled: readonly Granted[]): Promise<void> {
  const earning = settled.filter(({ rewards }) => rewards.some(({ level }) => level === 1));
  const refereesOf = (some: readonly Granted[]) => [
    ...new Set(some.map(({ conversion }) => conversion.participantId)),
  ];
  await recordQualified(tx, refereesOf(earning.filter(({ referralStatus }) => referralStatus === "joined")));
  const available = earning.filter(
    ({ rewards, referralStatus }) =>
      referralStatus !== "rewarded" && rewards.some(({ status }) => status === "available"),
  );
  await recordRewarded(tx, refereesOf(available));
}

function factsOf({ conversion, rewards }: Granted): Fact[] {
  return [
    { type: "conversion.settled", subjectId: conversion.id, audience: [], object: null },
    ...rewards.map(rewardFact),
  ];
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
    object: null,
    moves: [{ purse: reward.status, currency: reward.currency, amount: Number(reward.amountMinor) }],
  };
}
