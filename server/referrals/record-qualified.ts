import { appendEvents } from "../events/append-events.ts";
import type { Tx } from "../platform/database.ts";
import { referralStep } from "./referral.ts";
import { type Qualifying, qualifyReferrals } from "./store.ts";

/** A conversion of each of these referees has made their referral qualified: those who had only joined. */
export async function recordQualified(tx: Tx, conversions: readonly Qualifying[]): Promise<void> {
  if (conversions.length === 0) return;
  const qualified = await qualifyReferrals(tx, conversions);
  await appendEvents(
    tx,
    qualified.map((referral) => referralStep("referral.qualified", referral)),
  );
}
