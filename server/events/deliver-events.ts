import { lockCursor, moveCursor } from "../platform/cursors.ts";
import type { Database, Tx } from "../platform/database.ts";
import type { EventRecord, EventType, Stretch } from "./catalogue.ts";
import { listEventsAfter, readPlaceAhead } from "./store.ts";

/** Who wants to know. Each event counts exactly once: its effects and the cursor share a transaction. */
export type Subscriber = { name: string } & (
  | {
      /** What it wants to know of, in order; the others are not even read. */
      types: readonly EventType[];
      handle: (tx: Tx, events: readonly EventRecord[]) => Promise<void>;
    }
  | {
      /** Counts a stretch of the log where it lies, in the database; answers how many counters it changed. */
      count: (tx: Tx, stretch: Stretch) => Promise<number>;
    }
);

const EVENTS_PER_DELIVERY_MAX = 2_000;
/** What is counted in one transaction: this many others, or as many as hold so many events. */
const POSITIONS_PER_COUNT_MAX = 1_000n;
const EVENTS_PER_COUNT_MAX = 100_000;

/** Moves one subscriber's cursor over what is final in the program's log; answers how much it did. */
export function deliverEvents(db: Database, programId: string, subscriber: Subscriber): Promise<number> {
  return db.write(programId, async (tx) => {
    const cursor = await lockCursor(tx, subscriber.name);
    if (!cursor) return 0;
    const horizon = await db.horizon(tx);
    const stretch = { after: { position: cursor.position, id: cursor.rowId }, before: horizon };
    if (horizon <= cursor.position) return 0;
    return "count" in subscriber
      ? countStretch(tx, stretch, subscriber)
      : handEvents(tx, stretch, subscriber);
  });
}

async function handEvents(
  tx: Tx,
  { after, before }: Stretch,
  subscriber: Extract<Subscriber, { types: readonly EventType[] }>,
): Promise<number> {
  const events = await listEventsAfter(tx, after, before, EVENTS_PER_DELIVERY_MAX, subscriber.types);
  const last = events.at(-1);
  if (last) await subscriber.handle(tx, events);
  // With nothing left to read the cursor goes up to the horizon, past what others want to know of.
  const isAll = events.length < EVENTS_PER_DELIVERY_MAX;
  const to = isAll || !last ? { position: before, rowId: "" } : { position: last.position, rowId: last.id };
  await moveCursor(tx, subscriber.name, to);
  return events.length;
}

async function countStretch(
  tx: Tx,
  { after, before }: Stretch,
  subscriber: Extract<Subscriber, { count: unknown }>,
): Promise<number> {
  const isLong = before - after.position > POSITIONS_PER_COUNT_MAX;
  const ahead = isLong ? await readPlaceAhead(tx, after, before, EVENTS_PER_COUNT_MAX) : null;
  // Whole transactions only: where one alone is that long, all of it.
  const end = ahead && ahead.position > after.position ? ahead.position : before;
  const counted = await subscriber.count(tx, { after, before: end });
  await moveCursor(tx, subscriber.name, { position: end, rowId: "" });
  return end < before ? counted + 1 : counted;
}
