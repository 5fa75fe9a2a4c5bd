import { appendEvents } from "../events/append-events.ts";
import type { Tx } from "../platform/database.ts";
import { referralStep } from "./referral.ts";
import { qualifyReferrals } from "./store.ts";

/** A conversion of each of these referees has earned: those who had only joined are qualified from now on. */
export async function recordQualified(tx: Tx, refereeIds: readonly string[]): Promise<void> {
  if (refereeIds.length === 0) return;
  const qualified = await qualifyReferrals(tx, refereeIds);
  await appendEvents(
    tx,
    qualified.map((referral) => referralStep("referral.qualified", referral)),
  );
}
