import { parseParticipantRef } from "../participants/participant.ts";
import type { Reader } from "../platform/database.ts";
import type { Referral } from "./referral.ts";
import { listReferralsOfReferees } from "./store.ts";

/** How each of these referees, named by our id or theirs, was brought, by our id; those who came alone are left out. */
export async function findReferrals(
  reader: Reader,
  referees: readonly string[],
): Promise<Map<string, Referral>> {
  if (referees.length === 0) return new Map();
  const ids: string[] = [];
  const externalIds: string[] = [];
  for (const ref of new Set(referees)) {
    const parsed = parseParticipantRef(ref);
    if ("id" in parsed) ids.push(parsed.id);
    else externalIds.push(parsed.externalId);
  }
  const referrals = await listReferralsOfReferees(reader, ids, externalIds);
  return new Map(referrals.map((referral) => [referral.refereeId, referral]));
}
