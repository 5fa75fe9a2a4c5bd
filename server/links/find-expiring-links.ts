import type { Reader } from "../platform/database.ts";
import { listLinksExpiring } from "./store.ts";

/** Links that expire after a place and up to a moment, the soonest first. */
export function findExpiringLinks(
  reader: Reader,
  after: { at: Date; id: string },
  until: Date,
  limit: number,
): Promise<{ id: string; participantId: string; label: string | null; code: string; expiresAt: Date }[]> {
  return listLinksExpiring(reader, after, until, limit);
}
