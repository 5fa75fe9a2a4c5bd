import type { ParticipantId } from "../participants/participant.ts";
import { type Money, POINTS } from "../primitives/money.ts";
import { type CounterUse, pointsKey } from "./counter.ts";

/** A reward as counters know it: what it earned, and what it used of caps and of budgets. */
export type CountedReward = { to: ParticipantId; earned: Money; uses: readonly CounterUse[] };

/**
 * What counters change when the part of a reward that is taken back goes from `before` to `after`: less is used when
 * more is taken back, and used again when a chargeback is reversed. Each change is the difference of two totals, so
 * that any sequence of parts ends where one step would.
 */
export function giveBacks(
  { to, earned, uses }: CountedReward,
  before: bigint,
  after: bigint,
  caps: "give_back" | "keep",
): CounterUse[] {
  const changes: CounterUse[] = [];
  if (earned.currency === POINTS) changes.push({ key: pointsKey(to), amount: before - after });
  if (caps === "give_back") {
    for (const { key, amount } of uses)
      if (isGivenBack(key))
        changes.push({ key, amount: shareOf(amount, before, earned) - shareOf(amount, after, earned) });
  }
  return changes.filter(({ amount }) => amount !== 0n);
}

/** Whoever a promotion has counted among its people stays among them. */
function isGivenBack(key: string): boolean {
  return key.startsWith("cap:") || key.endsWith(":spent");
}

/** Rounds down. A cap counted exactly what was earned, so its share is what was taken back. */
function shareOf(used: bigint, takenBack: bigint, earned: Money): bigint {
  return (used * takenBack) / earned.minor;
}
