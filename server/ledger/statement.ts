import type { Period } from "../primitives/period.ts";
import type { Purse } from "./account.ts";
import { type Balance, balancesOf } from "./balance.ts";
import type { Entry } from "./entry.ts";

/** Entries of one owner in a period, between what they had before it and what they had after it. */
export type Statement = {
  period: Period;
  opening: Balance[];
  /** Oldest first. */
  entries: Entry[];
  closing: Balance[];
  /** True where the period has more entries than a statement holds; the sums count them all. */
  hasMore: boolean;
};

/** What one purse holds when a period begins and when it ends. */
export type PeriodSum = { purse: Purse; currency: string; openingMinor: bigint; closingMinor: bigint };

/** Puts together what was read: `entries` may be one more than a statement holds. */
export function statementOf(
  period: Period,
  sums: readonly PeriodSum[],
  entries: readonly Entry[],
  entriesMax: number,
): Statement {
  return {
    period,
    opening: balancesOf(sums.map((sum) => ({ ...sum, balanceMinor: sum.openingMinor }))),
    entries: entries.slice(0, entriesMax),
    closing: balancesOf(sums.map((sum) => ({ ...sum, balanceMinor: sum.closingMinor }))),
    hasMore: entries.length > entriesMax,
  };
}
