import type { RewardKind } from "./reward.ts";

const DAY_MS = 86_400_000;

/** What of a plan says how long its rewards last: by kind, and for coupons each rule. */
type Lasting = {
  expires_days?: { [kind: string]: number | undefined };
  rules?: readonly { id: string; expires_days?: number }[];
};

/** Days after which what a rule of a plan grants expires, unused; null: never. */
export function expiresDaysOf(document: object, kind: RewardKind, ruleId: string): number | null {
  const { expires_days: byKind, rules } = document as Lasting;
  return rules?.find(({ id }) => id === ruleId)?.expires_days ?? byKind?.[kind] ?? null;
}

/** When a reward that becomes available now expires; null: never. */
export function expiresAt(availableAt: Date, expiresDays: number | null): Date | null {
  return expiresDays === null ? null : new Date(availableAt.getTime() + expiresDays * DAY_MS);
}

/** What may still be used of a reward. */
export type Unused = { id: string; amountMinor: bigint; reversedMinor: bigint; redeemedMinor: bigint };

/** What expires of one reward; may be nothing, where debts had used it up. */
export type Expiry<Reward> = { reward: Reward; minor: bigint };

/**
 * The unused part of each reward that is due, in the order given. What somebody owes for others was netted against
 * it: nothing expires beyond what is there.
 */
export function expire<Reward extends { unusedMinor: bigint }>(
  due: readonly Reward[],
  availableMinor: bigint,
): Expiry<Reward>[] {
  let left = availableMinor > 0n ? availableMinor : 0n;
  return due.map((reward) => {
    const minor = reward.unusedMinor < left ? reward.unusedMinor : left;
    left -= minor;
    return { reward, minor };
  });
}

export function unusedOf({ amountMinor, reversedMinor, redeemedMinor }: Unused): bigint {
  const unused = amountMinor - reversedMinor - redeemedMinor;
  return unused > 0n ? unused : 0n;
}
