import type { Reader } from "../platform/database.ts";
import type { Referral } from "./referral.ts";
import { listReferralsOfReferees } from "./store.ts";

/** How each of these referees was brought, by referee; those who came alone are left out. */
export async function findReferrals(
  reader: Reader,
  refereeIds: readonly string[],
): Promise<Map<string, Referral>> {
  if (refereeIds.length === 0) return new Map();
  const referrals = await listReferralsOfReferees(reader, refereeIds);
  return new Map(referrals.map((referral) => [referral.refereeId, referral]));
}
