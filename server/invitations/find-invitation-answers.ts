import { findPersons } from "../participants/find-persons.ts";
import type { Reader } from "../platform/database.ts";
import type { InvitationAnswer } from "./contract.ts";
import { findTerms } from "./find-terms.ts";
import type { NamedInvitation } from "./invitation.ts";
import { invitationWire } from "./presentation.ts";
import { isEuropean } from "./region.ts";

/** Invitations as they are answered: each with what can be done with it now. */
export async function findInvitationAnswers(
  reader: Reader,
  invitations: readonly NamedInvitation[],
  around: { publicUrl: string; key: string; now: Date },
): Promise<InvitationAnswer[]> {
  if (invitations.length === 0) return [];
  const terms = await findTerms(reader);
  const persons = await findPersons(
    reader,
    invitations.map(({ inviterId }) => inviterId),
  );
  return invitations.map((one) => {
    const country = persons.get(one.inviterId)?.country ?? null;
    const mayRemind = terms.remindersToEurope || one.email === null || !isEuropean(one.email, country);
    return invitationWire(one, { now: around.now, mayRemind }, around);
  });
}
