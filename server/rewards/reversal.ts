import type { Money } from "../primitives/money.ts";
import { Refusal } from "../primitives/refusal.ts";
import type { RewardId, RewardState } from "./reward.ts";

/** A reward of the refunded conversion: what it earned and what refunds have taken back so far. */
export type RefundedReward = { rewardId: RewardId; state: RewardState; earned: Money; reversedMinor: bigint };

/** What one more refund takes back from one reward; always above zero. `isWhole`: nothing of it remains. */
export type Reversal = { rewardId: RewardId; amount: Money; isWhole: boolean };

/** The refunded total after one more refund, or a refusal: another currency, or more than was paid. */
export function refundTotal(paid: Money, refundedMinor: bigint, refund: Money): bigint {
  if (refund.currency !== paid.currency) {
    throw refused(
      "wrong_currency",
      { currency: paid.currency },
      "/amount/currency",
      `The purchase was paid in ${paid.currency}.`,
    );
  }
  const total = refundedMinor + refund.minor;
  if (total > paid.minor) {
    const left = Number(paid.minor - refundedMinor);
    throw refused(
      "refund_exceeds_purchase",
      { left, currency: paid.currency },
      "/amount/amount",
      "This is more than is left to refund.",
    );
  }
  return total;
}

function refused(
  code: string,
  facts: Record<string, string | number>,
  pointer: string,
  message: string,
): Refusal {
  return new Refusal(code, { facts, errors: [{ pointer, code, message }] });
}

/**
 * Takes back floor(earned × refunded total ÷ amount) less what was taken back before, so that any sequence of
 * partial refunds that ends at the whole amount nets exactly zero, like one full refund.
 */
export function reversals(
  rewards: readonly RefundedReward[],
  paid: Money,
  refundedTotalMinor: bigint,
): Reversal[] {
  if (refundedTotalMinor < 0n || refundedTotalMinor > paid.minor) {
    throw new Error(`Refunds of ${refundedTotalMinor} do not fit a conversion of ${paid.minor}.`);
  }
  return rewards.flatMap((reward) => reversalOf(reward, paid, refundedTotalMinor));
}

function reversalOf(reward: RefundedReward, paid: Money, refundedTotalMinor: bigint): Reversal[] {
  if (isOver(reward.state)) return [];
  const { rewardId, earned, reversedMinor } = reward;
  const due = (earned.minor * refundedTotalMinor) / paid.minor;
  if (due <= reversedMinor) return [];
  return [{ rewardId, amount: { ...earned, minor: due - reversedMinor }, isWhole: due === earned.minor }];
}

/** Its transfers are already undone, or it has lapsed: there is nothing left to take back. */
function isOver(state: RewardState): boolean {
  return state === "cancelled" || state === "reversed" || state === "expired";
}
