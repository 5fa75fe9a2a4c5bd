import { appendEvents } from "../events/append-events.ts";
import { cancelMails } from "../mail/cancel-mails.ts";
import type { Tx } from "../platform/database.ts";
import { invitationFact } from "./invitation-fact.ts";
import { lockExpired, moveInvitations } from "./store/invitations.ts";

const EXPIRED_MAX = 500;

/** Ends those whose time is over; answers how many. */
export async function expireInvitations(tx: Tx): Promise<number> {
  const due = await lockExpired(tx, EXPIRED_MAX);
  if (due.length === 0) return 0;
  const expired = await moveInvitations(tx, "expire", due);
  await cancelMails(
    tx,
    expired.flatMap(({ id, mails }) => (mails === 0 ? [] : [`${id} ${mails}`])),
  );
  await appendEvents(
    tx,
    expired.map((one) => invitationFact("invitation.expired", one)),
  );
  return expired.length;
}
