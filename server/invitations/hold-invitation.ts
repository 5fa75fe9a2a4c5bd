import type { Actor } from "../access/actor.ts";
import { mayReadParticipant } from "../access/permission.ts";
import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import type { NamedInvitation } from "./invitation.ts";
import { lockInvitations } from "./store/invitations.ts";

/** One invitation that the actor may change, held until the transaction ends. */
export async function holdInvitation(tx: Tx, actor: Actor, id: string): Promise<NamedInvitation> {
  const [invitation] = await lockInvitations(tx, [id]);
  if (!invitation || !mayReadParticipant(actor, invitation.inviterId)) throw new Refusal("not_found");
  return invitation;
}
