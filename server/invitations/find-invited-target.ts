import { findLink } from "../links/find-link.ts";
import type { Database } from "../platform/database.ts";
import type { InvitationId } from "./invitation.ts";
import { isOpen } from "./invitation.ts";
import { listInvitations, readTokenPlace } from "./store/invitations.ts";
import { isToken, tokenHash } from "./token.ts";

/** Where the address in an invitation leads: to its link, and whether it still is one. */
export type InvitedTarget = { invitationId: InvitationId; programId: string; code: string; isOpen: boolean };

/** Null: nobody was sent this token. It is looked up by its hash, so that the answer's time tells nothing of it. */
export async function findInvitedTarget(db: Database, token: string): Promise<InvitedTarget | null> {
  const sought = isToken(token) ? token : "";
  const place = await db.readDirectory((reader) => readTokenPlace(reader, tokenHash(sought)));
  if (!place) return null;
  const { programId, invitationId } = place;
  return db.read(programId, async (reader) => {
    const [invitation] = await listInvitations(reader, [invitationId]);
    if (!invitation) return null;
    const link = await findLink(reader, invitation.linkId);
    return { programId, invitationId, code: link.code, isOpen: isOpen(invitation, new Date()) };
  });
}
