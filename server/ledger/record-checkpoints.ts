import { lockCursor, moveCursor } from "../platform/cursors.ts";
import type { Database } from "../platform/database.ts";
import { moveCheckpoints } from "./store.ts";

/** Entries an account may gather, on average, before its balance is checkpointed again. */
const TAIL_WISHED = 64;
const READER = "ledger-checkpoints";

/** Checkpoints busy accounts up to what is final, so that a balance costs the same however long the history. */
export function recordCheckpoints(db: Database, programId: string): Promise<number> {
  return db.write(programId, async (tx) => {
    const cursor = await lockCursor(tx, READER);
    if (!cursor) return 0;
    const horizon = await db.horizon(tx);
    if (horizon <= cursor.position) return 0;
    const moved = await moveCheckpoints(tx, cursor.position, horizon, TAIL_WISHED);
    await moveCursor(tx, READER, { position: horizon, rowId: "" });
    return moved;
  });
}
