import { useState } from "react";
import { Link } from "wouter";
import { BASE } from "../paths.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import type { Notice } from "../wire.ts";
import { When } from "./when.tsx";

const ARRIVING_MS = 2_000;

const ICONS: Record<Notice["topic"], IconName> = {
  earnings: "coins",
  network_earnings: "network",
  available: "check",
  rewards: "coins",
  corrections: "undo",
  milestones: "plus",
  friends: "people",
  progress: "people",
  invitations: "share",
  links: "external",
  promotions: "plan",
  expiry: "clock",
  statements: "plan",
  account: "user",
};

type Props = { notice: Notice; isShort?: boolean; onOpen: (notice: Notice) => void };

/** One notice; all of it opens what it is about. What is unread has a dot, a stronger title, and says so. */
export function NoticeRow({ notice, isShort = false, onOpen }: Props) {
  const [isArriving] = useState(
    () => notice.arrivedAt !== undefined && Date.now() - notice.arrivedAt < ARRIVING_MS,
  );
  return (
    <li
      data-notice={notice.id}
      data-message={notice.message}
      className={`border-b border-line last:border-0 ${isArriving ? "arriving" : ""}`}
    >
      <Link
        href={placeOf(notice)}
        onClick={() => onOpen(notice)}
        className="grid grid-cols-[1rem_minmax(0,1fr)_auto] gap-x-3 px-4 py-3 text-ink no-underline hover:bg-sunken focus-visible:-outline-offset-2"
      >
        <Icon name={ICONS[notice.topic]} className="mt-1 size-4 text-ink-3" />
        <span lang={notice.language} className="min-w-0">
          <span
            className={`block text-pretty [overflow-wrap:anywhere] ${notice.read ? "" : "font-semibold"} ${isShort ? "line-clamp-2" : ""}`}
          >
            {notice.title}
          </span>
          <span
            className={`mt-0.5 block text-sm text-pretty text-ink-2 [overflow-wrap:anywhere] ${isShort ? "line-clamp-2" : ""}`}
          >
            {notice.text}
          </span>
        </span>
        <span className="flex items-start gap-2 text-sm text-ink-2">
          <When at={notice.created_at} />
          <span
            aria-hidden="true"
            className={`mt-1.5 size-2 rounded-full ${notice.read ? "bg-transparent" : "bg-accent"}`}
          />
          {!notice.read && <span className="sr-only">Unread</span>}
        </span>
      </Link>
    </li>
  );
}

/** The page of this dashboard a notice is about, whatever address the server calls itself by. */
function placeOf({ url }: Notice): string {
  if (url === null || !URL.canParse(url)) return "/inbox";
  const { pathname, search } = new URL(url);
  return (pathname.startsWith(BASE) ? pathname.slice(BASE.length) : pathname) + search;
}
