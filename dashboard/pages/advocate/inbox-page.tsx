import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useSearchParams } from "wouter";
import { bellQuery, inboxQuery, noticePreferencesQuery } from "../../notice-queries.ts";
import { NoticeRow } from "../../parts/notice-row.tsx";
import { useAdvocate } from "../../parts/scope.tsx";
import { useRead } from "../../parts/use-read.ts";
import { paths } from "../../paths.ts";
import { Button } from "../../ui/button.tsx";
import { Select } from "../../ui/field.tsx";
import { PageHeading, useTitle } from "../../ui/page.tsx";
import { Bones, EmptyState, Loaded } from "../../ui/states.tsx";
import { More } from "../../ui/table.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import type { Notice, NoticeFilter } from "../../wire.ts";

const DAY_MS = 86_400_000;

export default function InboxPage() {
  useTitle("Notifications");
  const { api, participantId, live } = useAdvocate();
  const [search, setSearch] = useSearchParams();
  const filter: NoticeFilter = { isUnread: search.has("unread"), topic: search.get("topic") ?? "" };
  const choose = (next: NoticeFilter) =>
    setSearch(
      { ...(next.isUnread && { unread: "1" }), ...(next.topic && { topic: next.topic }) },
      { replace: true },
    );
  const inbox = useInfiniteQuery({ ...inboxQuery(api, participantId, filter), enabled: live.isReady });
  const { data: bell } = useQuery({ ...bellQuery(api, participantId), enabled: live.isReady });
  const read = useRead();
  const unread = bell?.unread_count ?? 0;
  return (
    <div className="max-w-[44rem]">
      <PageHeading
        title="Notifications"
        actions={
          <Link
            href={paths.preferences}
            className="inline-flex min-h-9 items-center font-medium pointer-coarse:min-h-11"
          >
            Preferences
          </Link>
        }
      >
        {unread === 0 ? "You have read everything." : `${unread} unread.`}
      </PageHeading>
      <div className="mb-4 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <Filters filter={filter} onChoose={choose} />
        {unread > 0 && <Button onClick={() => read(null)}>Mark all as read</Button>}
      </div>
      <Loaded query={inbox} what="Your notifications" skeleton={<Bones rows={8} className="h-[4.5rem]" />}>
        {({ pages }) => {
          const all = pages.flatMap((page) => page.data);
          if (all.length === 0) return <Nothing filter={filter} onClear={() => choose(NO_FILTER)} />;
          return (
            <>
              {byTime(all).map(([time, notices]) => (
                <section key={time} aria-label={time} className="mb-6">
                  <h2 className="border-b border-line-strong pb-1.5 font-semibold">{time}</h2>
                  <ul>
                    {notices.map((notice) => (
                      <NoticeRow
                        key={notice.id}
                        notice={notice}
                        onOpen={({ id, read: isRead }) => {
                          if (!isRead) void read([id]);
                        }}
                      />
                    ))}
                  </ul>
                </section>
              ))}
              <More query={inbox} />
            </>
          );
        }}
      </Loaded>
    </div>
  );
}

const NO_FILTER: NoticeFilter = { isUnread: false, topic: "" };

function Filters({ filter, onChoose }: { filter: NoticeFilter; onChoose: (next: NoticeFilter) => void }) {
  const { api, participantId } = useAdvocate();
  const { data } = useQuery(noticePreferencesQuery(api, participantId));
  const topics = (data?.topics ?? []).map(({ topic, title }) => ({ value: topic as string, label: title }));
  return (
    <div className="flex flex-wrap items-end gap-x-4 gap-y-3">
      <Tabs
        label="Which"
        value={filter.isUnread ? "unread" : "all"}
        onChoose={(value) => onChoose({ ...filter, isUnread: value === "unread" })}
        tabs={[
          { value: "all", word: "All" },
          { value: "unread", word: "Unread" },
        ]}
      />
      <Select
        label="About"
        value={filter.topic}
        onText={(topic) => onChoose({ ...filter, topic })}
        options={[{ value: "", label: "Everything" }, ...topics]}
        className="min-w-48"
      />
    </div>
  );
}

function Nothing({ filter, onClear }: { filter: NoticeFilter; onClear: () => void }) {
  if (filter.topic !== "")
    return (
      <EmptyState title="No notifications match" action={<Button onClick={onClear}>Clear filters</Button>}>
        There is nothing {filter.isUnread ? "unread " : ""}about this so far.
      </EmptyState>
    );
  if (filter.isUnread)
    return (
      <EmptyState title="Nothing unread" action={<Button onClick={onClear}>Show all</Button>}>
        You have read everything. What comes next appears here by itself.
      </EmptyState>
    );
  return (
    <EmptyState
      title="Nothing yet"
      action={
        <Link href={paths.invite} className="font-medium">
          Share your link
        </Link>
      }
    >
      What your friends do and what it brings you appears here, the moment it happens.
    </EmptyState>
  );
}

/** In the order of the list: newest first. */
function byTime(notices: Notice[]): [string, Notice[]][] {
  const times = new Map<string, Notice[]>();
  for (const notice of notices) {
    const time = timeWords(notice.created_at);
    times.set(time, [...(times.get(time) ?? []), notice]);
  }
  return [...times];
}

const month = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric" });

/** The last two days by themselves, what is older by its month. */
function timeWords(instant: string, now = new Date()): string {
  const at = new Date(instant);
  const day = at.toDateString();
  if (day === now.toDateString()) return "Today";
  if (day === new Date(now.getTime() - DAY_MS).toDateString()) return "Yesterday";
  return month.format(at);
}
