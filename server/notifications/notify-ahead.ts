import { lockCursor, moveCursor } from "../platform/cursors.ts";
import type { Tx } from "../platform/database.ts";
import { type AheadKind, findOccasionsAhead } from "./find-occasions-ahead.ts";
import { recordNotices } from "./record-notices.ts";
import { gather } from "./slot.ts";

/**
 * Tells of what the calendar brings, a page at a time. How far it has come and what was told share a transaction, so
 * each is told once, also where a day was missed. Answers how many were told of.
 */
export async function notifyAhead(tx: Tx, kind: AheadKind): Promise<number> {
  const reader = `ahead:${kind}`;
  const cursor = await lockCursor(tx, reader);
  if (!cursor) return 0;
  const { occasions, upTo } = await findOccasionsAhead(tx, kind, cursor.rowId);
  if (upTo === cursor.rowId) return 0;
  await recordNotices(tx, gather(occasions));
  await moveCursor(tx, reader, { ...cursor, rowId: upTo });
  return occasions.length;
}
