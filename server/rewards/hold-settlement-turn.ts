import type { Tx } from "../platform/database.ts";
import { findReferrals } from "../referrals/find-referrals.ts";
import { isQualified } from "../referrals/referral.ts";
import { counterKeys } from "./counter-keys.ts";
import { holdCounters } from "./hold-counters.ts";
import type { SettlementFacts } from "./settlement.ts";
import { SettlementTurn } from "./settlement-turn.ts";

/**
 * Locks every counter that settling these may use. Where qualified referrals are counted, whether the buyers' own are
 * is read again: whoever settled another conversion of theirs meanwhile held the same counters.
 */
export async function holdSettlementTurn(tx: Tx, all: readonly SettlementFacts[]): Promise<SettlementTurn> {
  const buyers = all
    .filter((facts) => facts.kept.qualified && facts.referral === "counts" && !facts.isQualified)
    .map(({ conversion }) => conversion.participantId);
  // Both leave together, behind the lock.
  const [values, referrals] = await Promise.all([
    holdCounters(tx, all.flatMap(counterKeys)),
    findReferrals(tx, buyers),
  ]);
  const qualified = [...referrals.values()].filter(({ status }) => isQualified(status));
  return new SettlementTurn(values, new Set(qualified.map(({ refereeId }) => refereeId)));
}
