import type { Reader } from "../platform/database.ts";
import { type Link, linkOf } from "./link.ts";
import { listFirstLinks } from "./store.ts";

/** The first link of each participant, by participant. */
export async function findLinks(
  reader: Reader,
  participantIds: readonly string[],
): Promise<Map<string, Link>> {
  const rows = await listFirstLinks(reader, participantIds);
  return new Map(rows.map((row) => [row.participantId, linkOf(row)]));
}
