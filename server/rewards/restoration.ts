import type { Money } from "../primitives/money.ts";
import type { RefundedReward } from "./reversal.ts";
import type { RewardId } from "./reward.ts";

/** What one reward gets back when a chargeback is reversed; always above zero. */
export type Restoration = { rewardId: RewardId; amount: Money };

/**
 * Gives back what was taken beyond floor(earned × refunded total ÷ amount), the total being what is still
 * refunded. A reward that has ended otherwise gets nothing.
 */
export function restorations(
  rewards: readonly RefundedReward[],
  paid: Money,
  refundedTotalMinor: bigint,
): Restoration[] {
  return rewards.flatMap(({ rewardId, state, earned, reversedMinor }) => {
    if (state === "cancelled" || state === "expired") return [];
    const due = (earned.minor * refundedTotalMinor) / paid.minor;
    return due < reversedMinor ? [{ rewardId, amount: { ...earned, minor: reversedMinor - due } }] : [];
  });
}
