import { setParticipantStatus } from "../participants/set-participant-status.ts";
import type { Tx } from "../platform/database.ts";
import { claimPlaces } from "./claim-places.ts";
import { holdSignups } from "./hold-signups.ts";

/**
 * The person takes part again: whoever waits for them gets their free places at once, and what was held for them is
 * let go by whoever follows the log. Answers false where they were active already.
 */
export async function reinstateParticipant(tx: Tx, id: string): Promise<boolean> {
  await holdSignups(tx);
  const isChanged = await setParticipantStatus(tx, id, { status: "active" });
  if (isChanged) await claimPlaces(tx);
  return isChanged;
}
