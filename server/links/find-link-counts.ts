import type { Reader } from "../platform/database.ts";
import { LINK_DAYS, type LinkCounts } from "./link-count.ts";
import { listLinkCounts, listLinkDays } from "./store/counts.ts";

/** What is counted for these links, those without a visit too. */
export async function findLinkCounts(
  reader: Reader,
  linkIds: readonly string[],
  timeZone: string,
): Promise<Map<string, LinkCounts>> {
  const found = new Map(linkIds.map((id) => [id, nothing()]));
  if (linkIds.length === 0) return found;
  for (const { linkId, ...total } of await listLinkCounts(reader, linkIds)) {
    const counts = found.get(linkId);
    if (!counts) continue;
    counts.clicks = Number(total.clicks);
    counts.signups = Number(total.signups);
    counts.qualified = Number(total.qualified);
    counts.rewarded = Number(total.rewarded);
  }
  for (const { linkId, ago, clicks, signups } of await listLinkDays(reader, linkIds, timeZone, LINK_DAYS)) {
    const counts = found.get(linkId);
    const at = LINK_DAYS - 1 - ago;
    if (!counts || at < 0 || at >= LINK_DAYS) continue;
    counts.clicksByDay[at] = clicks;
    counts.signupsByDay[at] = signups;
  }
  return found;
}

const nothing = (): LinkCounts => ({
  ...{ clicks: 0, signups: 0, qualified: 0, rewarded: 0 },
  clicksByDay: new Array<number>(LINK_DAYS).fill(0),
  signupsByDay: new Array<number>(LINK_DAYS).fill(0),
});
