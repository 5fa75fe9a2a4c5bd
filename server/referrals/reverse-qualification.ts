import { appendEvents } from "../events/append-events.ts";
import type { Tx } from "../platform/database.ts";
import { referralLoss } from "./referral.ts";
import { unqualifyReferral } from "./store.ts";

/** The conversion that made a referral qualified is gone: it has to qualify again. Answers whether it was that one. */
export async function reverseQualification(
  tx: Tx,
  refereeId: string,
  conversionId: string,
): Promise<boolean> {
  const referral = await unqualifyReferral(tx, refereeId, conversionId);
  if (!referral) return false;
  await appendEvents(tx, [referralLoss(referral, referral.was)]);
  return true;
}
