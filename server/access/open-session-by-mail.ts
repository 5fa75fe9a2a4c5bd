import type { OpenedSession } from "../platform/identity.ts";
import { acceptRequest } from "./accept-request.ts";
import type { Actor } from "./actor.ts";
import type { Access } from "./open-access.ts";
import { recordAudit } from "./record-audit.ts";
import type { Participation } from "./session.ts";
import * as store from "./store.ts";

const VISITOR: Actor = { kind: "visitor" };

/** What somebody brings from their mailbox. */
export type MailProof = { token: string } | { email: string; code: string };

/** A session for whoever read the mail, and where they take part: their address is proven there. Null: it does not fit. */
export async function openSessionByMail(
  access: Access,
  proof: MailProof,
  requestId: string,
): Promise<{ opened: OpenedSession; participations: readonly Participation[] } | null> {
  if ("email" in proof) await acceptRequest(access, "sign_in_account", VISITOR, proof.email.toLowerCase());
  const opened =
    "token" in proof
      ? await access.identity.signInByToken(proof.token)
      : await access.identity.signInByCode(proof.email.toLowerCase(), proof.code.replace(/[\s-]/g, ""));
  if (!opened) return null;
  const { userId } = opened;
  access.announce(`user:${userId}`);
  const actor: Actor = { kind: "user", userId, isInstallationOwner: false, memberships: [], programId: null };
  const { participations } = await access.db.writeDirectory(async (tx) => {
    await recordAudit(tx, [{ actor, operation: "session.create", subjectId: userId, requestId }]);
    return store.findStanding(tx, userId, "");
  });
  return { opened, participations };
}
