import { findPersonCounts } from "../participants/find-person-counts.ts";
import { findPersons } from "../participants/find-persons.ts";
import type { Reader } from "../platform/database.ts";
import type { Member } from "./limits.ts";

/** What is known of somebody who invites: whether anybody stands behind the account. */
export async function findMember(reader: Reader, inviterId: string): Promise<Member> {
  const [persons, counts] = await Promise.all([
    findPersons(reader, [inviterId]),
    findPersonCounts(reader, inviterId),
  ]);
  const verifiedAt = persons.get(inviterId)?.emailVerifiedAt ?? null;
  return { isVerified: verifiedAt !== null, qualified: counts?.qualified ?? 0 };
}
