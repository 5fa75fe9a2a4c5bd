import type { Reader } from "../platform/database.ts";
import { type Balance, balancesOf } from "./balance.ts";
import { findBalances } from "./find-balances.ts";
import { isNow, type Moment } from "./moment.ts";
import { listBalancesAt } from "./store/finance.ts";

/** The balances of one owner as of a moment, as far as it was known at another. */
export async function findBalancesAt(reader: Reader, ownerId: string, moment: Moment): Promise<Balance[]> {
  if (isNow(moment)) return findBalances(reader, ownerId);
  return balancesOf(await listBalancesAt(reader, ownerId, moment));
}
