import type { Reader } from "../platform/database.ts";
import type { Referral } from "./referral.ts";
import { listWaitPositions } from "./store.ts";

/** How far from the front of their line those stand who wait for a place: 1 is the next. */
export async function findWaitPositions(
  reader: Reader,
  referrals: readonly (Referral | null)[],
): Promise<Map<string, number>> {
  const waiting = referrals.flatMap((one) => (one?.status === "waitlisted" ? one.refereeId : []));
  if (waiting.length === 0) return new Map();
  const rows = await listWaitPositions(reader, waiting);
  return new Map(rows.map(({ refereeId, position }) => [refereeId, position]));
}
