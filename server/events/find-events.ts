import type { Reader } from "../platform/database.ts";
import type { Cursor, EventRecord } from "./catalogue.ts";
import { listEventsAfter } from "./store.ts";

/** Events after a place in the log and below a position, in their order. */
export function findEvents(
  reader: Reader,
  after: Cursor,
  before: bigint,
  limit: number,
): Promise<EventRecord[]> {
  return listEventsAfter(reader, after, before, limit);
}
