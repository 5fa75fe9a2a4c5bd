import type { Tx } from "../platform/database.ts";
import { NETWORK_LEVELS_MAX, type Participant, uplineUnder } from "./participant.ts";
import { insertFormerUplines, moveUplines } from "./store/reassigned.ts";

/**
 * Puts somebody and everyone below them under another advocate. What stood above them is kept. The database lets it
 * happen only where the decision has been stored in the same transaction.
 */
export async function setReassignedUplines(
  tx: Tx,
  reassignmentId: string,
  refereeId: string,
  belowIds: readonly string[],
  advocate: Pick<Participant, "id" | "upline" | "isUnplaced">,
): Promise<void> {
  const ids = [refereeId, ...belowIds];
  await insertFormerUplines(tx, reassignmentId, ids);
  const moved = await moveUplines(tx, refereeId, ids, {
    upline: uplineUnder(advocate),
    isUnplaced: advocate.isUnplaced,
    levelsMax: NETWORK_LEVELS_MAX,
  });
  if (moved !== ids.length) throw new Error(`${moved} of ${ids.length} people were moved.`);
}
