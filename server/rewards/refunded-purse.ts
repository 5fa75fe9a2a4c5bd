import type { Purse } from "../ledger/account.ts";
import type { RewardState } from "./reward.ts";

/**
 * Where a reward's money is taken from, and given back to. What was paid out is owed back: the available purse
 * goes below zero and is netted later.
 */
export function refundedPurse(state: RewardState): Purse {
  return state === "pending" || state === "held" ? state : "available";
}
