import { appendEvents } from "../events/append-events.ts";
import type { Tx } from "../platform/database.ts";
import { claimAllowances } from "./claim-allowances.ts";
import { findMember } from "./find-member.ts";
import { findTerms } from "./find-terms.ts";
import type { NamedInvitation } from "./invitation.ts";
import { invitationFact } from "./invitation-fact.ts";
import { allowancesOf, dayOf } from "./limits.ts";
import { type Posting, postInvitationMails } from "./post-invitation-mails.ts";
import {
  lockDueScheduled,
  lockInvitations,
  moveInvitations,
  postponeScheduled,
} from "./store/invitations.ts";

const DUE_MAX = 200;

/** Sends what was scheduled for now, each member within their limits: what is over them waits for tomorrow. */
export async function sendDueInvitations(tx: Tx, posting: Posting): Promise<number> {
  const due = await lockDueScheduled(tx, DUE_MAX);
  if (due.length === 0) return 0;
  const invitations = await lockInvitations(
    tx,
    due.map(({ id }) => id),
  );
  const sendable = await withinLimits(tx, invitations);
  const refused = await postInvitationMails(tx, sendable, "invitation", posting);
  await moveInvitations(
    tx,
    "queue",
    sendable.filter(({ id }) => !refused.has(id)),
  );
  const suppressed = await moveInvitations(
    tx,
    "mail_suppressed",
    [...refused].map((id) => ({ id, reason: "cannot_be_invited" })),
  );
  await appendEvents(
    tx,
    suppressed.map((one) => invitationFact("invitation.suppressed", one)),
  );
  return sendable.length;
}

/** One of each address, and of each member as many as the day has left. */
async function withinLimits(tx: Tx, invitations: readonly NamedInvitation[]): Promise<NamedInvitation[]> {
  const terms = await findTerms(tx);
  const met = new Set<string>();
  const apart = invitations.filter(({ emailHash }) => {
    const isFirst = emailHash !== null && !met.has(emailHash);
    if (emailHash !== null) met.add(emailHash);
    return isFirst;
  });
  const sendable: NamedInvitation[] = [];
  for (const inviterId of [...new Set(apart.map((one) => one.inviterId))].sort()) {
    const own = apart.filter((one) => one.inviterId === inviterId);
    const member = await findMember(tx, inviterId);
    // A batch has its own way of counting, which is over when it is expanded.
    const limited = own.filter(({ batchId }) => batchId === null);
    const allowances = allowancesOf(terms, { inviterId, member, networkHash: null });
    const taken = limited.length === 0 ? 0 : await claimAllowances(tx, allowances, limited.length, true);
    sendable.push(...limited.slice(0, taken), ...own.filter(({ batchId }) => batchId !== null));
    // Out of the way of the others until there is room again.
    await postponeScheduled(
      tx,
      limited.slice(taken).map(({ id }) => id),
      dayOf(tx.now).until,
    );
  }
  return sendable;
}
