import type { Tx } from "../platform/database.ts";
import type { LinkCount } from "./link-count.ts";
import { addLinkCounts, addLinkDays } from "./store/counts.ts";

/** Adds to what is counted for links, in all and by day. */
export async function recordLinkCounts(tx: Tx, counts: readonly LinkCount[]): Promise<void> {
  if (counts.length === 0) return;
  await addLinkCounts(tx, counts);
  await addLinkDays(tx, counts);
}
