import type { Reader } from "../platform/database.ts";
import { listNetworkCounts } from "./store.ts";

/** How many people each has below them, on all levels together. */
export async function findNetworkCounts(
  reader: Reader,
  participantIds: readonly string[],
): Promise<Map<string, number>> {
  const sums = new Map<string, number>();
  for (const { participantId, participants } of await listNetworkCounts(reader, participantIds))
    sums.set(participantId, (sums.get(participantId) ?? 0) + participants);
  return sums;
}
