import type { EventRecord } from "../events/catalogue.ts";
import type { Reader } from "../platform/database.ts";
import { findNotices } from "./find-notices.ts";
import { countUnread, listNotificationsById } from "./store.ts";

/** What the stream tells of notices: each as it reads now, with how many are unread. */
export async function findNoticeObjects(
  reader: Reader,
  events: readonly EventRecord[],
  publicUrl: string,
): Promise<Map<string, Record<string, unknown>>> {
  const mine = events.filter(({ type }) => type === "notification.created" || type === "notification.read");
  if (mine.length === 0) return new Map();
  const created = mine.flatMap(({ type, subjectId }) => (type === "notification.created" ? [subjectId] : []));
  const [rows, counts] = await Promise.all([
    created.length === 0 ? [] : listNotificationsById(reader, [...new Set(created)]),
    countUnread(reader, [...new Set(mine.flatMap(({ audience }) => audience))]),
  ]);
  const notices = await findNotices(reader, rows, publicUrl);
  const unread = new Map(counts.map((count) => [count.participantId, count.unread]));
  return new Map(
    mine.map(({ id, subjectId, audience: [participantId] }) => [
      id,
      { id: subjectId, ...notices.get(subjectId), unread_count: unread.get(participantId ?? "") ?? 0 },
    ]),
  );
}
