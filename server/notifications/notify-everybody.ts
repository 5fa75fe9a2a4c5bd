import { findActiveIds } from "../participants/find-active-ids.ts";
import { lockCursor, moveCursor } from "../platform/cursors.ts";
import type { Tx } from "../platform/database.ts";
import { findPromotions } from "../rewards/find-promotions.ts";
import { findPublications } from "../rewards/find-publications.ts";
import { daysFrom } from "./ahead.ts";
import { type Announcement, announcementsAt } from "./announcement.ts";
import { recordNotices } from "./record-notices.ts";
import { gather } from "./slot.ts";

const PERSONS_MAX = 1_000;

/** Tells everybody who takes part of promotions and new rules, a page of people at a time; answers how many. */
export async function notifyEverybody(tx: Tx): Promise<number> {
  const [promotions, publications] = await Promise.all([
    findPromotions(tx, null),
    findPublications(tx, daysFrom(tx.now, -1)),
  ]);
  const rows = promotions.map(({ row }) => ({ ...row, name: (row.document as { name: string }).name }));
  for (const announcement of announcementsAt(tx.now, rows, publications)) {
    const told = await tellPage(tx, announcement);
    if (told > 0) return told;
  }
  return 0;
}

async function tellPage(tx: Tx, { message, key, facts }: Announcement): Promise<number> {
  const reader = `everybody:${message}:${key}`;
  const cursor = await lockCursor(tx, reader);
  if (!cursor) return 0;
  const ids = await findActiveIds(tx, cursor.rowId, PERSONS_MAX);
  const last = ids.at(-1);
  if (last === undefined) return 0;
  const what = { message, key, facts, isGrouped: false, at: tx.now, amount: null };
  await recordNotices(tx, gather(ids.map((participantId) => ({ ...what, participantId }))));
  await moveCursor(tx, reader, { ...cursor, rowId: last });
  return ids.length;
}
