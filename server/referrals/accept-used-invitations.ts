import { acceptInvitations } from "../invitations/accept-invitations.ts";
import { findTouchingInvitations } from "../invitations/find-touching-invitations.ts";
import type { Tx } from "../platform/database.ts";
import type { Enrolment } from "./decide-signups.ts";

/** Whoever joined under a friend that had also invited them by mail has accepted that invitation. */
export async function acceptUsedInvitations(tx: Tx, enrolments: readonly Enrolment[]): Promise<void> {
  const referred = enrolments.filter(
    ({ referral }) => referral !== null && referral.status !== "not_eligible",
  );
  if (referred.length === 0) return;
  const emailHashes = referred.map(({ signup }) => signup.emailHash);
  const touches = await findTouchingInvitations(tx, { tokens: [], emailHashes });
  await acceptInvitations(
    tx,
    touches.flatMap(({ invitationId, inviterId, emailHash }) =>
      referred
        .filter(({ signup, referral }) => signup.emailHash === emailHash && referral?.inviterId === inviterId)
        .map(({ person }) => ({ invitationId, refereeId: person.id })),
    ),
  );
}
