import type { Reader } from "../platform/database.ts";
import { listExpiringUntil } from "./store/expiry.ts";

/** What of people's available rewards expires unused after a place and up to a moment, the soonest first. */
export function findExpiringRewards(
  reader: Reader,
  after: { at: Date; id: string },
  until: Date,
  limit: number,
): Promise<{ id: string; participantId: string; currency: string; unusedMinor: bigint; expiresAt: Date }[]> {
  return listExpiringUntil(reader, after, until, limit);
}
