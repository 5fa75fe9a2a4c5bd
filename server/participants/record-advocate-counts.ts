import type { Tx } from "../platform/database.ts";
import { addAdvocateCounts } from "./store.ts";

/** Adds to what is counted for advocates: arrivals through their links, friends who qualified. */
export async function recordAdvocateCounts(
  tx: Tx,
  counts: readonly { participantId: string; clicks?: number; qualified?: number }[],
): Promise<void> {
  if (counts.length === 0) return;
  await addAdvocateCounts(
    tx,
    counts.map((count) => ({
      participant_id: count.participantId,
      clicks: count.clicks ?? 0,
      qualified: count.qualified ?? 0,
    })),
  );
}
