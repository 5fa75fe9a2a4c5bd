import type { Reader } from "../platform/database.ts";
import { listVisitorClicks, type StoredClick } from "./store.ts";

/** Of one visitor; whoever comes more often than this is known well enough by the latest. */
const CLICKS_MAX = 20;

/** What visitors clicked since a time, by visitor; those who were never stored are left out. */
export async function findVisitorClicks(
  reader: Reader,
  visitorIds: readonly string[],
  since: Date,
): Promise<Map<string, StoredClick[]>> {
  const clicks = new Map<string, StoredClick[]>();
  if (visitorIds.length === 0) return clicks;
  for (const click of await listVisitorClicks(reader, [...new Set(visitorIds)], since, CLICKS_MAX)) {
    const known = clicks.get(click.visitorId ?? "") ?? [];
    clicks.set(click.visitorId ?? "", [...known, click]);
  }
  return clicks;
}
