import { appendEvents } from "../events/append-events.ts";
import type { Tx } from "../platform/database.ts";
import { referralStep } from "./referral.ts";
import { rewardReferrals } from "./store.ts";

/** A reward on each of these referees has become available: their referrals are rewarded from now on. */
export async function recordRewarded(tx: Tx, refereeIds: readonly string[]): Promise<void> {
  if (refereeIds.length === 0) return;
  const rewarded = await rewardReferrals(tx, refereeIds);
  await appendEvents(
    tx,
    rewarded.map((referral) => referralStep("referral.rewarded", referral)),
  );
}
