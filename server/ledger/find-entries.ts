import type { Reader } from "../platform/database.ts";
import { type Entry, parseEntryPlace } from "./entry.ts";
import { listEntries } from "./store.ts";

/** Entries of one owner, newest first, one page. */
export function findEntries(
  reader: Reader,
  ownerId: string,
  page: { after: string | null; before: string | null; limit: number },
): Promise<Entry[]> {
  const { after, before, limit } = page;
  return listEntries(reader, ownerId, {
    after: after === null ? null : parseEntryPlace(after),
    before: before === null ? null : parseEntryPlace(before),
    limit,
  });
}
