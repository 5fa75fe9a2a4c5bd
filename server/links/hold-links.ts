import type { Tx } from "../platform/database.ts";
import { type Link, linkOf } from "./link.ts";
import { listLinks, lockLimitedLinks } from "./store.ts";

/** These links as they stand; how much is left of those with a limit stays so until the transaction ends. */
export async function holdLinks(tx: Tx, ids: readonly string[]): Promise<Map<string, Link>> {
  if (ids.length === 0) return new Map();
  const links = new Map((await listLinks(tx, ids)).map((row) => [row.id as string, linkOf(row)]));
  const limited = [...links.values()].filter(({ maxUses }) => maxUses !== null).map(({ id }) => id);
  if (limited.length === 0) return links;
  for (const row of await lockLimitedLinks(tx, limited)) links.set(row.id, linkOf(row));
  return links;
}
