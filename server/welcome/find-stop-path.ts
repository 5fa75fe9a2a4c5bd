import { findInvitedTarget } from "../invitations/find-invited-target.ts";
import { findStopToken } from "../mail/find-stop-token.ts";
import type { Database } from "../platform/database.ts";

/** Where somebody who was invited by mail stops invitations; null without one that was sent in this program. */
export async function findStopPath(
  db: Database,
  programId: string,
  invitation: string | null,
  key: string,
): Promise<string | null> {
  const target = invitation === null ? null : await findInvitedTarget(db, invitation);
  if (target?.programId !== programId) return null;
  const token = await db.read(programId, (reader) => findStopToken(reader, target.invitationId, key));
  return token === null ? null : `/stop/${token}`;
}
