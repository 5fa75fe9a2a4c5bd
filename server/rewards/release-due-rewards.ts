import { appendEvents } from "../events/append-events.ts";
import { postTransfers } from "../ledger/post-transfers.ts";
import { transferOf } from "../ledger/transfer.ts";
import type { Tx } from "../platform/database.ts";
import { recordRewarded } from "../referrals/record-rewarded.ts";
import { expiresAt } from "./expiry.ts";
import { rewardWire } from "./presentation.ts";
import { lockDueRewards, markReleased, type RewardRow } from "./store.ts";

/** Rewards released by one transaction; the worker calls again until none is due. */
const DUE_REWARDS_MAX = 500;

/** Makes available what has waited out its hold, by the database's clock; `only` of these. Answers how many. */
export async function releaseDueRewards(tx: Tx, only: readonly string[] | null = null): Promise<number> {
  const due = await lockDueRewards(tx, DUE_REWARDS_MAX, only);
  if (due.length === 0) return 0;
  await postTransfers(
    tx,
    due.filter(isWorthSomething).map((reward) => releaseTransfer(reward)),
  );
  await markReleased(
    tx,
    due.map((reward) => reward.id),
  );
  await recordRewarded(tx, [...new Set(due.map((reward) => reward.refereeId))]);
  await appendEvents(
    tx,
    due.map((reward) => ({
      type: "reward.released" as const,
      subjectId: reward.id,
      audience: [reward.participantId],
      object: rewardWire({
        ...reward,
        status: "available",
        expiresAt: expiresAt(tx.now, reward.expiresDays),
      }),
      moves: [
        { purse: "pending", currency: reward.currency, amount: -Number(remaining(reward)) },
        { purse: "available", currency: reward.currency, amount: Number(remaining(reward)) },
      ],
    })),
  );
  return due.length;
}

function isWorthSomething(reward: RewardRow): boolean {
  return remaining(reward) > 0n;
}

function remaining(reward: RewardRow): bigint {
  return reward.amountMinor - reward.reversedMinor;
}

function releaseTransfer(reward: RewardRow) {
  return transferOf({
    idempotencyKey: `${reward.id}:released`,
    from: { ownerId: reward.participantId, purse: "pending" },
    to: { ownerId: reward.participantId, purse: "available" },
    amount: { minor: remaining(reward), currency: reward.currency },
    reason: "released",
    subjectId: reward.id,
    occurredAt: reward.availableAt,
  });
}
