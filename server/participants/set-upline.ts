import type { Tx } from "../platform/database.ts";
import { NETWORK_LEVELS_MAX, type Participant, type ParticipantId, uplineUnder } from "./participant.ts";
import { extendUplines } from "./store.ts";

/** Somebody who has their place now, or stands below one who has. */
export type Placed = { id: ParticipantId; upline: ParticipantId[] };

/**
 * Gives somebody who waited their upline, and everyone below them the same at the far end of theirs. Whose place
 * is final after it, never changes again: the database lets only uplines change that wait.
 */
export async function setUpline(
  tx: Tx,
  id: ParticipantId,
  advocate: Pick<Participant, "id" | "upline" | "isUnplaced">,
): Promise<Placed[]> {
  return extendUplines(tx, id, uplineUnder(advocate), NETWORK_LEVELS_MAX, advocate.isUnplaced);
}
