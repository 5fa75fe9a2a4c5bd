import type { Tx } from "../platform/database.ts";
import { addProgramCounts } from "./store.ts";

/** What a program counts as a whole; money metrics count minor units per currency. */
export type ProgramMetric =
  | "clicks"
  | "joined"
  | "referred"
  | "qualified"
  | "rewarded"
  | "purchases"
  | "revenue"
  | "refunded"
  | "paid";

/** Adds to the program's counters; metrics of one batch may repeat and are summed here. */
export async function recordProgramCounts(
  tx: Tx,
  counts: readonly { metric: ProgramMetric; currency: string; added: bigint }[],
): Promise<void> {
  const sums = new Map<string, { metric: string; currency: string; added: bigint }>();
  for (const { metric, currency, added } of counts) {
    const key = `${metric} ${currency}`;
    sums.set(key, { metric, currency, added: (sums.get(key)?.added ?? 0n) + added });
  }
  const changed = [...sums.values()].filter((sum) => sum.added !== 0n);
  if (changed.length === 0) return;
  await addProgramCounts(
    tx,
    changed.map((sum) => ({ ...sum, added: sum.added.toString() })),
  );
}
