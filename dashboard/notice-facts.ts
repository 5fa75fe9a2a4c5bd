import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import type { Viewer } from "./viewer.ts";
import type { Fact, Inbox, Notice, NoticeFilter } from "./wire.ts";

/** Rows of the popover. */
export const NEWEST_MAX = 6;

/** A notice has come or grown, or some were read on another screen: the bell and open lists follow. */
export function applyNotice(client: QueryClient, viewer: Viewer, fact: Fact): void {
  const { unread_count: unread, ...told } = fact.data.object as Partial<Notice> & { unread_count: number };
  if (fact.type === "notification.created" && told.title !== undefined)
    addNotice(client, viewer, told as Notice);
  else if (unread === 0) changeNotices(client, viewer, (notice) => ({ ...notice, read: true }));
  else if (unread !== client.getQueryData<Inbox>(bellKey(viewer))?.unread_count) askAgain(client, viewer);
  setUnread(client, viewer, unread);
}

/** Some were read on this screen, or all. */
export function readNotices(client: QueryClient, viewer: Viewer, ids: string[] | null, unread: number): void {
  changeNotices(client, viewer, (notice) =>
    ids === null || ids.includes(notice.id) ? { ...notice, read: true } : notice,
  );
  setUnread(client, viewer, unread);
}

const bellKey = ({ programId, participantId }: Viewer) => ["bell", programId, participantId];
const listKey = ({ programId, participantId }: Viewer) => ["notifications", programId, participantId];

function addNotice(client: QueryClient, viewer: Viewer, notice: Notice): void {
  const fresh = { ...notice, arrivedAt: Date.now() };
  client.setQueryData<Inbox>(bellKey(viewer), (old) =>
    old ? { ...old, data: withNotice(old.data, fresh).slice(0, NEWEST_MAX) } : old,
  );
  for (const [key] of client.getQueriesData<InfiniteData<Inbox>>({ queryKey: listKey(viewer) })) {
    if (!fits(notice, key[3] as NoticeFilter)) continue;
    client.setQueryData<InfiniteData<Inbox>>(key, (old) => {
      if (!old) return old;
      const isKnown = old.pages.some(({ data }) => data.some(({ id }) => id === notice.id));
      return {
        ...old,
        pages: old.pages.map((page, at) => ({
          ...page,
          data: isKnown ? replaced(page.data, fresh) : at === 0 ? [fresh, ...page.data] : page.data,
        })),
      };
    });
  }
}

function withNotice(rows: Notice[], notice: Notice): Notice[] {
  return rows.some(({ id }) => id === notice.id) ? replaced(rows, notice) : [notice, ...rows];
}

const replaced = (rows: Notice[], notice: Notice): Notice[] =>
  rows.map((row) => (row.id === notice.id ? notice : row));

function fits({ topic }: Notice, filter: NoticeFilter): boolean {
  return filter.topic === "" || filter.topic === topic;
}

function changeNotices(client: QueryClient, viewer: Viewer, change: (notice: Notice) => Notice): void {
  client.setQueryData<Inbox>(bellKey(viewer), (old) => old && { ...old, data: old.data.map(change) });
  client.setQueriesData<InfiniteData<Inbox>>(
    { queryKey: listKey(viewer) },
    (old) => old && { ...old, pages: old.pages.map((page) => ({ ...page, data: page.data.map(change) })) },
  );
}

function setUnread(client: QueryClient, viewer: Viewer, unread: number): void {
  client.setQueryData<Inbox>(bellKey(viewer), (old) => old && { ...old, unread_count: unread });
}

function askAgain(client: QueryClient, viewer: Viewer): void {
  void client.invalidateQueries({ queryKey: bellKey(viewer) });
  void client.invalidateQueries({ queryKey: listKey(viewer) });
}
