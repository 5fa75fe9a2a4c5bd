import type { Tx } from "../platform/database.ts";
import { listBalances, lockOwners } from "./store.ts";

/**
 * The balances of some owners, held until the transaction ends: whoever takes from what is available holds it first,
 * so that two of them cannot take the same. What a refund takes back does not ask.
 */
export async function holdBalances(
  tx: Tx,
  ownerIds: readonly string[],
): Promise<(ownerId: string, currency: string) => bigint> {
  // In one order everywhere, so that two transactions that hold the same cannot deadlock.
  const held = [...new Set(ownerIds)].sort();
  await lockOwners(tx, held);
  const rows = await listBalances(tx, held, null);
  const available = new Map(
    rows.filter(({ purse }) => purse === "available").map((row) => [`${row.ownerId} ${row.currency}`, row]),
  );
  return (ownerId, currency) => available.get(`${ownerId} ${currency}`)?.balanceMinor ?? 0n;
}
