import type { Reader } from "../platform/database.ts";
import { type Balance, balancesOf } from "./balance.ts";
import { listBalances } from "./store.ts";

/** The balances of one owner; with `before`, as of what is final below that position. */
export async function findBalances(
  reader: Reader,
  ownerId: string,
  before: bigint | null = null,
): Promise<Balance[]> {
  return balancesOf(await listBalances(reader, [ownerId], before));
}
