import type { OpenedSession } from "../platform/identity.ts";
import { Refusal } from "../primitives/refusal.ts";
import { acceptRequest } from "./accept-request.ts";
import type { Actor } from "./actor.ts";
import type { Access } from "./open-access.ts";
import { rateLimitKey } from "./rate-limit.ts";
import { recordAudit } from "./record-audit.ts";
import * as store from "./store.ts";

export type SignInAttempt = { email: string; password: string; address: string; requestId: string };

const VISITOR: Actor = { kind: "visitor" };

/**
 * Signs in with a password; answers the cookies for the browser. An unknown address and a wrong
 * password get one answer after one amount of work. Attempts are counted for the address they come
 * from (by the door) and for the account they aim at, whether it exists or not; a success counts for neither.
 */
export async function openSession(access: Access, attempt: SignInAttempt): Promise<OpenedSession> {
  const account = attempt.email.toLowerCase();
  await acceptRequest(access, "sign_in_account", VISITOR, account);
  const opened = await access.identity.signIn(account, attempt.password);
  if (!opened) throw new Refusal("wrong_credentials");
  access.limiter.giveBack("sign_in_account", rateLimitKey("sign_in_account", VISITOR, account));
  access.limiter.giveBack("sign_in", rateLimitKey("sign_in", VISITOR, attempt.address));
  const { userId } = opened;
  const actor: Actor = { kind: "user", userId, isInstallationOwner: false, memberships: [], programId: null };
  await access.db.writeDirectory(async (tx) => {
    await store.deleteExpiredSessionsOf(tx, userId);
    await recordAudit(tx, [
      { actor, operation: "session.create", subjectId: userId, requestId: attempt.requestId },
    ]);
  });
  return opened;
}
