import type { Reader } from "../platform/database.ts";
import { listJoinedBetween } from "./store.ts";

/** Friends who joined after a place and up to a moment, and have not qualified since. */
export function findJoinedBetween(
  reader: Reader,
  after: { at: Date; id: string },
  until: Date,
  limit: number,
): Promise<{ id: string; advocateId: string; refereeId: string; createdAt: Date }[]> {
  return listJoinedBetween(reader, after, until, limit);
}
