import type { Reader } from "../platform/database.ts";
import { parseEntryPlace } from "./entry.ts";
import {
  type EntryFilter,
  listOwnerEntries,
  listSubjectEntries,
  listWindowEntries,
  type OwnedEntry,
} from "./store/finance.ts";

/** How far to look, in positions, before looking further: most pages are found in the first stretch. */
const STRETCHES = [4_096n, 65_536n, 1_048_576n, 16_777_216n];
/** Above every position. */
const END = 9_000_000_000_000_000_000n;

/** Entries of a whole program, newest first, one page: by their account, by their subject, or from the newest on. */
export async function findProgramEntries(
  reader: Reader,
  filter: EntryFilter,
  cursors: { after: string | null; before: string | null; limit: number },
  horizon: bigint,
): Promise<OwnedEntry[]> {
  const page = {
    after: cursors.after === null ? null : parseEntryPlace(cursors.after),
    before: cursors.before === null ? null : parseEntryPlace(cursors.before),
    limit: cursors.limit,
  };
  if (filter.subjectId !== null) return listSubjectEntries(reader, filter.subjectId, filter, page);
  if (filter.ownerId !== null) return listOwnerEntries(reader, filter.ownerId, filter, page);
  const found: OwnedEntry[] = [];
  const isBackward = page.before !== null;
  let edge = page.before?.position ?? page.after?.position ?? horizon;
  // What is newer than the horizon belongs to the first page.
  let isFirst = page.before === null && page.after === null;
  for (const width of [...STRETCHES, END]) {
    const [from, to] = isBackward ? [edge, clamp(edge + width)] : [clamp(edge - width), isFirst ? END : edge];
    const rows = await listWindowEntries(
      reader,
      filter,
      { ...page, limit: page.limit - found.length },
      { from, to },
    );
    found.push(...rows);
    if (found.length >= page.limit) break;
    // The next stretch begins where this one ended.
    edge = isBackward ? to + 1n : from - 1n;
    if (edge < 0n || edge > END) break;
    isFirst = false;
  }
  return found;
}

function clamp(position: bigint): bigint {
  return position < 0n ? 0n : position > END ? END : position;
}
