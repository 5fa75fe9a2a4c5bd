import type { Reader } from "../platform/database.ts";
import type { Referral } from "./referral.ts";
import { listReferralsAfter } from "./store.ts";

/** Referrals with a place in the network, as they were made before a moment, from one on. */
export function findReferralHistory(
  reader: Reader,
  after: string,
  before: Date,
  limit: number,
): Promise<Referral[]> {
  return listReferralsAfter(reader, after, before, limit);
}
