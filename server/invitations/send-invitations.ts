import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { verdictOf } from "./actions.ts";
import { claimAllowances } from "./claim-allowances.ts";
import { findMember } from "./find-member.ts";
import { findTerms } from "./find-terms.ts";
import type { NamedInvitation } from "./invitation.ts";
import { allowancesOf } from "./limits.ts";
import { type Posting, postInvitationMails } from "./post-invitation-mails.ts";
import { countPending, lockInvitations, moveInvitations } from "./store/invitations.ts";

/** Who sends: a member within their limits, or the operator's team, which has none of its own. */
export type Sender = { isLimited: boolean; networkHash: string | null };

/** Sends what one member has written, all of it or none. */
export async function sendInvitations(
  tx: Tx,
  ids: readonly string[],
  sender: Sender,
  posting: Posting,
): Promise<void> {
  const invitations = await lockInvitations(tx, ids);
  for (const one of invitations) refuseUnlessSendable(one, tx.now);
  const [first] = invitations;
  if (!first) return;
  await claimForMember(tx, first.inviterId, invitations.length, sender);
  const refused = await postInvitationMails(tx, invitations, "invitation", posting);
  if (refused.size > 0) throw refusalOf(ids, refused);
  await moveInvitations(tx, "queue", invitations);
}

function refuseUnlessSendable(invitation: NamedInvitation, now: Date): void {
  const verdict = verdictOf("send", invitation, { now, mayRemind: false });
  if (verdict.kind === "may_not")
    throw new Refusal("invitation_state", { facts: { reason: verdict.because.message } });
}

async function claimForMember(tx: Tx, inviterId: string, count: number, sender: Sender): Promise<void> {
  const [terms, member] = [await findTerms(tx), sender.isLimited ? await findMember(tx, inviterId) : null];
  const { networkHash } = sender;
  await claimAllowances(tx, allowancesOf(terms, { inviterId, member, networkHash }), count, false);
  if (member === null) return;
  // After the allowance, which makes the sends of one member take turns.
  const pending = Number((await countPending(tx, inviterId)).count);
  const left = Math.max(0, terms.perMemberPending - pending);
  if (count > left)
    throw new Refusal("pending_limit_reached", { facts: { limit: terms.perMemberPending, left } });
}

function refusalOf(ids: readonly string[], refused: ReadonlySet<string>): Refusal {
  const errors = ids.flatMap((id, index) =>
    refused.has(id)
      ? [
          {
            pointer: `/people/${index}/email`,
            code: "cannot_be_invited",
            message: "This person can't be invited.",
          },
        ]
      : [],
  );
  return new Refusal("invalid_invitation", { errors });
}
