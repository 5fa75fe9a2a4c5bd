import { lockCursor, moveCursor } from "../platform/cursors.ts";
import type { Database, Tx } from "../platform/database.ts";
import type { EventRecord } from "./catalogue.ts";
import { listEventsAfter } from "./store.ts";

/** Who wants to know. Handled in order, each event exactly once: its effects and the cursor share a transaction. */
export type Subscriber = {
  name: string;
  handle: (tx: Tx, events: readonly EventRecord[]) => Promise<void>;
};

const EVENTS_PER_DELIVERY_MAX = 2_000;

/** Moves one subscriber's cursor over what is final in the program's log; answers how many events it handled. */
export function deliverEvents(db: Database, programId: string, subscriber: Subscriber): Promise<number> {
  return db.write(programId, async (tx) => {
    const cursor = await lockCursor(tx, subscriber.name);
    if (!cursor) return 0;
    const after = { position: cursor.position, id: cursor.rowId };
    const events = await listEventsAfter(tx, after, await db.horizon(tx), EVENTS_PER_DELIVERY_MAX);
    const last = events.at(-1);
    if (!last) return 0;
    await subscriber.handle(tx, events);
    await moveCursor(tx, subscriber.name, { position: last.position, rowId: last.id });
    return events.length;
  });
}
