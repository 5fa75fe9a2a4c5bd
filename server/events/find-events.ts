import type { Reader } from "../platform/database.ts";
import type { Cursor, EventRecord, EventType } from "./catalogue.ts";
import { listEventsAfter } from "./store.ts";

/** Events after a place in the log and below a position, in their order; with `types` only those. */
export function findEvents(
  reader: Reader,
  after: Cursor,
  before: bigint,
  limit: number,
  types: readonly EventType[] | null = null,
): Promise<EventRecord[]> {
  return listEventsAfter(reader, after, before, limit, types);
}
