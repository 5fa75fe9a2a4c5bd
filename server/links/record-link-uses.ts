import type { Tx } from "../platform/database.ts";
import { holdLinks } from "./hold-links.ts";
import { addLinkUses } from "./store.ts";

/**
 * Counts a use for each time a link is named, where its uses are limited. Answers those that were beyond the
 * limit and did not count, once for each time.
 */
export async function recordLinkUses(tx: Tx, linkIds: readonly string[]): Promise<string[]> {
  const links = await holdLinks(tx, [...new Set(linkIds)]);
  const added = new Map<string, number>();
  const over: string[] = [];
  for (const id of linkIds) {
    const link = links.get(id);
    if (!link || link.maxUses === null) continue;
    const count = added.get(id) ?? 0;
    if (link.uses + count < link.maxUses) added.set(id, count + 1);
    else over.push(id);
  }
  if (added.size > 0)
    await addLinkUses(
      tx,
      [...added].map(([id, count]) => ({ used_id: id, added: count })),
    );
  return over;
}
