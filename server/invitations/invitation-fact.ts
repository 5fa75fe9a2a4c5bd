import type { EventType, Fact } from "../events/catalogue.ts";
import type { Invitation } from "./invitation.ts";

type InvitationEvent = Extract<EventType, `invitation.${string}`>;

/** What happened to an invitation, for whoever made it; whom it is for stays out of the log. */
export function invitationFact(
  type: InvitationEvent,
  invitation: Pick<Invitation, "id" | "state" | "inviterId"> & { batchId: string | null },
  more: { referee_id?: string } = {},
): Fact {
  const { id, state, inviterId, batchId } = invitation;
  return {
    type,
    subjectId: id,
    audience: [inviterId],
    object: { id, status: state, inviter_id: inviterId, batch_id: batchId, ...more },
  };
}
