import type { Tx } from "../platform/database.ts";
import { rewardReferrals } from "./store.ts";

/** A reward on each of these referees has become available: their referrals are rewarded from now on. */
export async function recordRewarded(tx: Tx, refereeIds: readonly string[]): Promise<void> {
  await rewardReferrals(tx, refereeIds);
}
