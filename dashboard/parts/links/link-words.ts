import type { Tone } from "../../ui/status-pill.tsx";
import type { ShareableLink } from "../../wire.ts";
import { formatCount } from "../money.ts";
import { formatFull } from "../time.ts";

type LinkState = ShareableLink["state"];

export const LINK_STATES: Record<LinkState, { word: string; tone: Tone }> = {
  active: { word: "Active", tone: "ok" },
  paused: { word: "Paused", tone: "warn" },
  expired: { word: "Expired", tone: "plain" },
  used_up: { word: "Used up", tone: "plain" },
  disabled: { word: "Switched off", tone: "bad" },
};

export function linkName(link: ShareableLink): string {
  if (link.label) return link.label;
  return link.is_default ? "First link" : `Link ${link.code}`;
}

/** Its address without the part that every address begins with. */
export function shortUrl(url: string): string {
  return url.replace(/^https?:\/\//, "");
}

/** Until when, and how many; what happens to whoever follows it where it is over. */
export function termsOf(link: ShareableLink): string {
  const { state, expires_at, max_uses, uses } = link;
  const used = max_uses === null ? "" : `${formatCount(uses)} of ${formatCount(max_uses)} used`;
  switch (state) {
    case "active":
      return [expires_at === null ? "" : `Until ${formatFull(expires_at)}`, used].filter(Boolean).join(" · ");
    case "paused":
      return "Whoever follows it is told that it rests.";
    case "expired":
      return `Expired on ${formatFull(expires_at ?? "")}. Whoever follows it is told so.`;
    case "used_up":
      return `${used}. Whoever follows it now is told so.`;
    case "disabled":
      return "It brings nobody any more.";
  }
}

export function countsOf({ clicks, signups, qualified }: ShareableLink): string {
  return [
    `${formatCount(clicks)} ${clicks === 1 ? "visit" : "visits"}`,
    `${formatCount(signups)} joined`,
    `${formatCount(qualified)} qualified`,
  ].join(" · ");
}

/** What a bar for each day shows, in a sentence. */
export function shapeOf({ clicks_by_day }: ShareableLink): string {
  const sum = clicks_by_day.reduce((total, count) => total + count, 0);
  if (sum === 0) return "No visits in the last 30 days";
  const most = Math.max(...clicks_by_day);
  const ago = clicks_by_day.length - 1 - clicks_by_day.lastIndexOf(most);
  const when = ago === 0 ? "today" : ago === 1 ? "yesterday" : `${ago} days ago`;
  return `${formatCount(sum)} ${sum === 1 ? "visit" : "visits"} in the last 30 days, most of them ${when}`;
}
