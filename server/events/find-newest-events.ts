import type { Reader } from "../platform/database.ts";
import type { Cursor, EventRecord } from "./catalogue.ts";
import { listEventsNewest } from "./store.ts";

/** Events, newest first, before a place in the log. */
export function findNewestEvents(
  reader: Reader,
  before: Cursor | null,
  limit: number,
): Promise<EventRecord[]> {
  return listEventsNewest(reader, before, limit);
}
