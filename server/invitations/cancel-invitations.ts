import { appendEvents } from "../events/append-events.ts";
import { cancelMails } from "../mail/cancel-mails.ts";
import type { Tx } from "../platform/database.ts";
import type { NamedInvitation } from "./invitation.ts";
import { invitationFact } from "./invitation-fact.ts";
import { releaseRecipients } from "./store/allowances.ts";
import { moveInvitations } from "./store/invitations.ts";

type Cancelled = Pick<NamedInvitation, "id" | "emailHash" | "mailedAt" | "mails" | "state">;

/** Ends invitations for good: what has not left stays here, and their links say so. */
export async function cancelInvitations(tx: Tx, invitations: readonly Cancelled[]): Promise<number> {
  if (invitations.length === 0) return 0;
  const unsent = invitations.filter(({ mails, state }) => mails > 0 && state === "queued");
  const keys = invitations.flatMap(({ id, mails }) => (mails === 0 ? [] : [`${id} ${mails}`]));
  await cancelMails(tx, keys);
  await releaseRecipients(
    tx,
    unsent.flatMap(({ emailHash, mailedAt }) =>
      emailHash && mailedAt ? [{ hash: emailHash, mailedAt }] : [],
    ),
  );
  const cancelled = await moveInvitations(tx, "cancel", invitations);
  await appendEvents(
    tx,
    cancelled.map((one) => invitationFact("invitation.cancelled", one)),
  );
  return cancelled.length;
}
