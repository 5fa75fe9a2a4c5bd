import { appendEvents } from "../events/append-events.ts";
import type { Tx } from "../platform/database.ts";
import { invitationFact } from "./invitation-fact.ts";
import { moveInvitations } from "./store/invitations.ts";

/** Somebody opened it; only the first time says something new. */
export async function recordInvitationClick(tx: Tx, id: string): Promise<boolean> {
  const clicked = await moveInvitations(tx, "click", [{ id }]);
  await appendEvents(
    tx,
    clicked.map((one) => invitationFact("invitation.clicked", one)),
  );
  return clicked.length > 0;
}
