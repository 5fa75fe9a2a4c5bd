import { acceptInvitations } from "../invitations/accept-invitations.ts";
import type { Tx } from "../platform/database.ts";
import type { Enrolment } from "./decide-signups.ts";

/** Whoever joined under a friend that had also invited them has accepted that invitation, whichever touch has won. */
export async function acceptUsedInvitations(tx: Tx, enrolments: readonly Enrolment[]): Promise<void> {
  const accepted = enrolments.flatMap(({ person, referral, attribution }) => {
    if (!attribution || referral === null || referral.status === "not_eligible") return [];
    return attribution.judged.flatMap(({ touch: { invitationId, target } }) =>
      invitationId !== null && target?.participantId === referral.inviterId
        ? [{ invitationId, refereeId: person.id }]
        : [],
    );
  });
  await acceptInvitations(tx, accepted);
}
