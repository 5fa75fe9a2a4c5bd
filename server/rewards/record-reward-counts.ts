import type { Stretch } from "../events/catalogue.ts";
import type { Tx } from "../platform/database.ts";
import { recordProgramFacts } from "../programs/record-program-facts.ts";
import { countRewardFacts } from "./store.ts";

/** The subscriber that keeps the counters of rewards. */
export const REWARD_COUNTS_READER = "reward-counts";

/** Adds rewards, reversals and purchases to the counters that pages read: per level, per leg, per program. */
export async function recordRewardCounts(tx: Tx, stretch: Stretch): Promise<number> {
  const changed = await Promise.all([
    countRewardFacts(tx, stretch),
    recordProgramFacts(tx, REWARD_COUNTS_READER, stretch),
  ]);
  return changed.reduce((sum, counters) => sum + counters, 0);
}
