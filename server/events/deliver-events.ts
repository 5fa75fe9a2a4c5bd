import { lockCursor, moveCursor } from "../platform/cursors.ts";
import type { Database, Tx } from "../platform/database.ts";
import type { EventRecord, EventType } from "./catalogue.ts";
import { listEventsAfter } from "./store.ts";

/** Who wants to know. Handled in order, each event exactly once: its effects and the cursor share a transaction. */
export type Subscriber = {
  name: string;
  /** What it wants to know of; the others are not even read. */
  types: readonly EventType[];
  handle: (tx: Tx, events: readonly EventRecord[]) => Promise<void>;
};

const EVENTS_PER_DELIVERY_MAX = 2_000;

/** Moves one subscriber's cursor over what is final in the program's log; answers how many events it handled. */
export function deliverEvents(db: Database, programId: string, subscriber: Subscriber): Promise<number> {
  return db.write(programId, async (tx) => {
    const cursor = await lockCursor(tx, subscriber.name);
    if (!cursor) return 0;
    const after = { position: cursor.position, id: cursor.rowId };
    const horizon = await db.horizon(tx);
    const events = await listEventsAfter(tx, after, horizon, EVENTS_PER_DELIVERY_MAX, subscriber.types);
    const last = events.at(-1);
    if (last) await subscriber.handle(tx, events);
    // With nothing left to read the cursor goes up to the horizon, past what others want to know of.
    const isAll = events.length < EVENTS_PER_DELIVERY_MAX;
    const to =
      isAll || !last ? { position: horizon, rowId: "" } : { position: last.position, rowId: last.id };
    await moveCursor(tx, subscriber.name, to);
    return events.length;
  });
}
