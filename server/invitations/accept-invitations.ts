import { appendEvents } from "../events/append-events.ts";
import type { Tx } from "../platform/database.ts";
import { invitationFact } from "./invitation-fact.ts";
import { moveInvitations } from "./store/invitations.ts";

/** Somebody joined by them; what was cancelled, expired or used before stays as it is. */
export async function acceptInvitations(
  tx: Tx,
  accepted: readonly { invitationId: string; refereeId: string }[],
): Promise<void> {
  if (accepted.length === 0) return;
  const refereeOf = new Map(accepted.map(({ invitationId, refereeId }) => [invitationId, refereeId]));
  const joined = await moveInvitations(
    tx,
    "join",
    [...refereeOf].map(([id, refereeId]) => ({ id, refereeId })),
  );
  await appendEvents(
    tx,
    joined.map((one) =>
      invitationFact("invitation.accepted", one, { referee_id: refereeOf.get(one.id) ?? "" }),
    ),
  );
}
