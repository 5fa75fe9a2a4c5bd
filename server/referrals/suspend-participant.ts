import { setParticipantStatus } from "../participants/set-participant-status.ts";
import type { Tx } from "../platform/database.ts";
import { holdSignups } from "./hold-signups.ts";

/**
 * Nobody new comes through this person, and their share goes the way the plan says, until they are reinstated. Answers
 * false where they were suspended already.
 */
export async function suspendParticipant(tx: Tx, id: string, reason: string): Promise<boolean> {
  // A sign-up under way is either before the suspension or after it.
  await holdSignups(tx);
  return setParticipantStatus(tx, id, { status: "suspended", reason });
}
