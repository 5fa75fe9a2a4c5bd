import { recordAdvocateCounts } from "../participants/record-advocate-counts.ts";
import { lockCursor, moveCursor } from "../platform/cursors.ts";
import type { Database } from "../platform/database.ts";
import { recordProgramCounts } from "../programs/record-program-counts.ts";
import { countClicks } from "./store.ts";

/** The reader that counts clicks. */
export const CLICKS_READER = "click-counts";

/** Counts what is final of the clicks since the last time; pages read the counters. */
export function recordClickCounts(db: Database, programId: string): Promise<number> {
  return db.write(programId, async (tx) => {
    const cursor = await lockCursor(tx, CLICKS_READER);
    if (!cursor) return 0;
    const horizon = await db.horizon(tx);
    if (horizon <= cursor.position) return 0;
    const counts = await countClicks(tx, cursor.position, horizon);
    const total = counts.reduce((sum, count) => sum + count.clicks, 0n);
    await recordAdvocateCounts(
      tx,
      counts.map((count) => ({ participantId: count.participantId, clicks: Number(count.clicks) })),
    );
    await recordProgramCounts(tx, [{ metric: "clicks", currency: "", added: total }]);
    await moveCursor(tx, CLICKS_READER, { position: horizon, rowId: "" });
    return Number(total);
  });
}
