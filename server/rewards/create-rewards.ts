import type { ConversionRow } from "../conversions/conversion.ts";
import { appendEvents } from "../events/append-events.ts";
import type { Fact } from "../events/catalogue.ts";
import { postTransfers } from "../ledger/post-transfers.ts";
import type { Transfer } from "../ledger/transfer.ts";
import type { Tx } from "../platform/database.ts";
import type { RateEntry } from "../programs/exchange-rate.ts";
import { recordQualified } from "../referrals/record-qualified.ts";
import { recordRewarded } from "../referrals/record-rewarded.ts";
import type { ReferralStatus } from "../referrals/referral.ts";
import { issueCoupons } from "./issue-coupons.ts";
import type { Plan } from "./plan.ts";
import { rewardTransfers } from "./reward-transfers.ts";
import { insertRewards, type RewardRow } from "./store.ts";

/** A settled conversion on its way into the books. */
export type Granted = {
  conversion: ConversionRow;
  rewards: readonly RewardRow[];
  /** How the buyer's referral stood before it; null where nobody brought them. */
  referralStatus: ReferralStatus | null;
  /** This conversion makes that referral qualified. */
  qualifies: boolean;
  /** By which a purchase in another currency was exchanged. */
  rate: RateEntry | null;
  /** What it was settled by. */
  facts: { plan: Pick<Plan, "document"> };
  /** It had been settled before, and only its rewards are new. */
  isAgain?: boolean;
};

/** Stores what settlements granted, moves the money from the program's funding, and tells who earned. */
export async function createRewards(tx: Tx, settled: readonly Granted[]): Promise<void> {
  const rewards = settled.flatMap((one) => one.rewards);
  if (rewards.length > 0) insertRewards(tx, rewards);
  await issueCoupons(tx, settled);
  await postTransfers(
    tx,
    settled.flatMap((one) => grantTransfers(tx.programId ?? "", one)),
  );
  await appendEvents(tx, settled.flatMap(factsOf));
  await recordProgress(tx, settled);
}

/** Referrals move on with the conversion that qualifies them, and again when a reward at level one is available. */
async function recordProgress(tx: Tx, settled: readonly Granted[]): Promise<void> {
  const earning = settled.filter(({ rewards }) => rewards.some(({ level }) => level === 1));
  const refereesOf = (some: readonly Granted[]) => [
    ...new Set(some.map(({ conversion }) => conversion.participantId)),
  ];
  await recordQualified(
    tx,
    settled.flatMap(({ qualifies, conversion: { participantId, id } }) =>
      qualifies ? [{ refereeId: participantId, conversionId: id }] : [],
    ),
  );
  const available = earning.filter(
    ({ rewards, referralStatus }) =>
      referralStatus !== "rewarded" && rewards.some(({ status }) => status === "available"),
  );
  await recordRewarded(tx, refereesOf(available));
}

function factsOf({ conversion, rewards, isAgain = false }: Granted): Fact[] {
  const settled = {
    type: "conversion.settled",
    subjectId: conversion.id,
    audience: [],
    object: null,
  } as const;
  return [...(isAgain ? [] : [settled]), ...rewards.map(rewardFact)];
}

function grantTransfers(programId: string, { conversion, rewards, rate }: Granted): Transfer[] {
  const foreign = rate && { rate, currency: conversion.currency };
  return rewards.flatMap((reward) =>
    rewardTransfers(
      programId,
      {
        reward,
        purse: purseOf(reward),
        amountMinor: reward.amountMinor,
        isBack: false,
        netMinor: 0n,
        idempotencyKey: `${reward.id}:granted`,
        reason: "granted",
        // What is reported late happened before it was known.
        occurredAt: conversion.occurredAt,
      },
      foreign,
    ),
  );
}

function purseOf({ status }: RewardRow): "available" | "held" | "pending" {
  return status === "available" || status === "held" ? status : "pending";
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
