import { findPersons } from "../participants/find-persons.ts";
import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { verdictOf } from "./actions.ts";
import { claimAllowances } from "./claim-allowances.ts";
import { findMember } from "./find-member.ts";
import { findTerms } from "./find-terms.ts";
import type { NamedInvitation } from "./invitation.ts";
import { allowancesOf, daysAfter } from "./limits.ts";
import { type Posting, postInvitationMails } from "./post-invitation-mails.ts";
import { isEuropean } from "./region.ts";
import type { Sender } from "./send-invitations.ts";
import { moveInvitations, recordRenewal } from "./store/invitations.ts";

/** Mails an invitation once more: the same one again, or its one reminder. */
export async function resendInvitation(
  tx: Tx,
  invitation: NamedInvitation,
  action: "resend" | "remind",
  sender: Sender,
  posting: Posting,
): Promise<void> {
  const { id, inviterId, email } = invitation;
  const terms = await findTerms(tx);
  const country = (await findPersons(tx, [inviterId])).get(inviterId)?.country ?? null;
  const mayRemind = terms.remindersToEurope || email === null || !isEuropean(email, country);
  const verdict = verdictOf(action, invitation, { now: tx.now, mayRemind });
  if (verdict.kind === "may_not") {
    const { message, until } = verdict.because;
    throw new Refusal("invitation_state", {
      facts: { reason: message, ...(until && { until: until.toISOString() }) },
    });
  }
  const member = sender.isLimited ? await findMember(tx, inviterId) : null;
  await claimAllowances(
    tx,
    allowancesOf(terms, { inviterId, member, networkHash: sender.networkHash }),
    1,
    false,
  );
  const kind = action === "remind" ? "invitation_reminder" : "invitation";
  const renewed = later(invitation.expiresAt, daysAfter(tx.now, terms.expiresDays));
  const again = action === "remind" ? invitation : { ...invitation, expiresAt: renewed };
  const refused = await postInvitationMails(tx, [again], kind, posting);
  if (refused.size > 0) throw new Refusal("cannot_be_invited");
  if (action === "resend") await recordRenewal(tx, id, again.expiresAt);
  // What has expired is good again; the others stay what they are.
  await moveInvitations(tx, "queue", [{ id }]);
}

const later = (one: Date, other: Date): Date => (one.getTime() > other.getTime() ? one : other);
