import type { Reader } from "../platform/database.ts";
import type { Link } from "./link.ts";
import { listLinksOf } from "./store.ts";

/** The first link of each participant, by participant. */
export async function findLinks(
  reader: Reader,
  participantIds: readonly string[],
): Promise<Map<string, Link>> {
  const links = new Map<string, Link>();
  for (const link of await listLinksOf(reader, participantIds)) {
    if (!links.has(link.participantId)) links.set(link.participantId, link);
  }
  return links;
}
