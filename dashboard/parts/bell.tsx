import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { bellQuery } from "../notice-queries.ts";
import { paths } from "../paths.ts";
import { Menu } from "../ui/menu.tsx";
import { Bones } from "../ui/states.tsx";
import { NoticeRow } from "./notice-row.tsx";
import { useAdvocate } from "./scope.tsx";
import { useRead } from "./use-read.ts";

/** Beyond it the number would only be long. */
const COUNT_MAX = 99;

/** How much is unread, and the newest of it. The stream keeps it true; it asks once. */
export function Bell() {
  const { api, participantId, live } = useAdvocate();
  const { data, error, refetch } = useQuery({
    ...bellQuery(api, participantId),
    enabled: live.isReady,
  });
  const read = useRead();
  const unread = data?.unread_count ?? 0;
  return (
    <Menu
      icon="bell"
      isIconOnly
      isWide
      badge={unread === 0 ? "" : unread > COUNT_MAX ? `${COUNT_MAX}+` : String(unread)}
      label={unread === 0 ? "Notifications" : `Notifications, ${unread} unread`}
    >
      {(close) => (
        <>
          <div className="flex items-center justify-between gap-4 border-b border-line px-4 pb-2">
            <h2 className="font-semibold">Notifications</h2>
            {unread > 0 && (
              <button
                type="button"
                onClick={() => read(null)}
                className="min-h-9 text-sm font-medium text-accent hover:underline pointer-coarse:min-h-11"
              >
                Mark all as read
              </button>
            )}
          </div>
          {error && !data && (
            <div className="px-4 py-4 text-ink-2">
              <p>Your notifications could not be loaded.</p>
              <button
                type="button"
                onClick={() => refetch()}
                className="mt-1 font-medium text-accent underline"
              >
                Retry
              </button>
            </div>
          )}
          {!data && !error && (
            <div className="px-4">
              <Bones rows={3} />
            </div>
          )}
          {data?.data.length === 0 && (
            <p className="px-4 py-4 text-ink-2">
              Nothing yet. What your friends do and what it brings you appears here, the moment it happens.
            </p>
          )}
          <ul className="max-h-[min(26rem,60dvh)] overflow-y-auto overscroll-contain">
            {data?.data.map((notice) => (
              <NoticeRow
                key={notice.id}
                notice={notice}
                isShort
                onOpen={({ id, read: isRead }) => {
                  if (!isRead) void read([id]);
                  close();
                }}
              />
            ))}
          </ul>
          <div className="flex justify-between gap-4 border-t border-line px-4 pt-2 text-sm font-medium">
            <Link
              href={paths.inbox}
              onClick={close}
              className="min-h-9 content-center pointer-coarse:min-h-11"
            >
              See all
            </Link>
            <Link
              href={paths.preferences}
              onClick={close}
              className="min-h-9 content-center text-ink-2 pointer-coarse:min-h-11"
            >
              Preferences
            </Link>
          </div>
        </>
      )}
    </Menu>
  );
}
