import type { Tx } from "../platform/database.ts";
import { addDirectCounts } from "./store.ts";

/**
 * Counts one direct referral for each mention of an advocate. The rows are locked by the caller; where the
 * limit is passed all the same, the row's check fails and the transaction with it.
 */
export async function recordDirectCounts(
  tx: Tx,
  advocateIds: readonly string[],
  /** −1 where somebody leaves them. */
  each: 1 | -1 = 1,
): Promise<void> {
  if (advocateIds.length === 0) return;
  const counts = new Map<string, number>();
  for (const id of advocateIds) counts.set(id, (counts.get(id) ?? 0) + each);
  await addDirectCounts(
    tx,
    [...counts].map(([id, added]) => ({ id, added })),
  );
}
