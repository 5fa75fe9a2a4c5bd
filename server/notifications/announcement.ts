import { DAY_MS } from "./ahead.ts";
import type { NoticeFacts } from "./occasion.ts";

/** Something everybody who takes part is told of. */
export type Announcement = { message: string; key: string; facts: NoticeFacts };

type Promotion = { id: string; name: string; startsAt: Date; endsAt: Date; endedAt: Date | null };
type Publication = { version: number; inForceFrom: Date };

/** What is to be told now: each for a day from its moment. */
export function announcementsAt(
  now: Date,
  promotions: readonly Promotion[],
  publications: readonly Publication[],
): Announcement[] {
  return [
    ...promotions.flatMap((promotion) => ofPromotion(now, promotion)),
    ...publications.map(({ version, inForceFrom }) => ({
      message: "rules_changed",
      key: `v${version}`,
      facts: { from_at: inForceFrom.toISOString() },
    })),
  ];
}

function ofPromotion(now: Date, { id, name, startsAt, endsAt, endedAt }: Promotion): Announcement[] {
  if (endedAt !== null) return [];
  const at = now.getTime();
  const [start, end] = [startsAt.getTime(), endsAt.getTime()];
  const facts = { promotion: name, ends_at: new Date(end - 1).toISOString() };
  // One that is over within two days has no last day of its own.
  const isLong = end - start > 2 * DAY_MS;
  return [
    ...(start <= at && at < Math.min(start + DAY_MS, end)
      ? [{ message: "promotion_started", key: id, facts }]
      : []),
    ...(isLong && end - DAY_MS <= at && at < end ? [{ message: "promotion_last_day", key: id, facts }] : []),
  ];
}
