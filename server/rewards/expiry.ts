import type { RewardKind } from "./reward.ts";

const DAY_MS = 86_400_000;

/** Days after which what a plan grants of a kind expires, unused; null: never. */
export function expiresDaysOf(document: unknown, kind: RewardKind): number | null {
  if (typeof document !== "object" || document === null || !("expires_days" in document)) return null;
  const days: unknown = (document.expires_days as Record<string, unknown> | null)?.[kind];
  return typeof days === "number" ? days : null;
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
