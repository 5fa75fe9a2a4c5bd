import { recordChannelCounts } from "../links/record-channel-counts.ts";
import { recordLinkCounts } from "../links/record-link-counts.ts";
import { recordAdvocateCounts } from "../participants/record-advocate-counts.ts";
import { lockCursor, moveCursor } from "../platform/cursors.ts";
import type { Database } from "../platform/database.ts";
import { findProgram } from "../programs/find-program.ts";
import { recordProgramCounts } from "../programs/record-program-counts.ts";
import { countChannels, countClicks } from "./store.ts";

/** The reader that counts clicks. */
export const CLICKS_READER = "click-counts";

const NOBODY = { signups: 0, qualified: 0, rewarded: 0 };

/** Counts what is final of the clicks since the last time; pages read the counters. */
export function recordClickCounts(db: Database, programId: string): Promise<number> {
  return db.write(programId, async (tx) => {
    const cursor = await lockCursor(tx, CLICKS_READER);
    if (!cursor) return 0;
    const horizon = await db.horizon(tx);
    if (horizon <= cursor.position) return 0;
    const { timeZone } = await findProgram(tx);
    const counts = await countClicks(tx, cursor.position, horizon, timeZone);
    const total = counts.reduce((sum, count) => sum + count.clicks, 0n);
    const ofAdvocates = new Map<string, number>();
    for (const { participantId, clicks } of counts)
      ofAdvocates.set(participantId, (ofAdvocates.get(participantId) ?? 0) + Number(clicks));
    await recordAdvocateCounts(
      tx,
      [...ofAdvocates].map(([participantId, clicks]) => ({ participantId, clicks })),
    );
    await recordLinkCounts(
      tx,
      counts.map(({ linkId, day, clicks }) => ({ linkId, day, clicks: Number(clicks), ...NOBODY })),
    );
    await recordChannelCounts(tx, await countChannels(tx, cursor.position, horizon));
    await recordProgramCounts(tx, [{ metric: "clicks", currency: "", added: total }]);
    await moveCursor(tx, CLICKS_READER, { position: horizon, rowId: "" });
    return Number(total);
  });
}
