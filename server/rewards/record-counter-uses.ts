import type { Tx } from "../platform/database.ts";
import { type CounterUse, sumOfUses } from "./counter.ts";
import { addToCounters, lockCounters } from "./store/counters.ts";

/** Adds what settlements used, or what refunds give back, to the counters that are kept. */
export async function recordCounterUses(tx: Tx, uses: readonly CounterUse[]): Promise<void> {
  const sums = sumOfUses(uses);
  if (sums.length === 0) return;
  lockCounters(tx);
  addToCounters(tx, sums);
}
