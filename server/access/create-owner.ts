import type { Tx } from "../platform/database.ts";
import type { Actor } from "./actor.ts";
import { recordAudit } from "./record-audit.ts";
import * as store from "./store.ts";

export type NewOwner = { email: string; name: string; passwordHash: string };

/**
 * Makes somebody the owner of the installation and of every program in it. Whoever may call this has
 * the machine or the set-up token, so a user with the same address is taken over: new password, old
 * sessions gone.
 */
export async function createOwner(
  tx: Tx,
  owner: NewOwner,
  cause: { actor: Actor; requestId: string | null },
): Promise<string> {
  const email = owner.email.toLowerCase();
  const userId = await store.upsertUser(tx, { id: tx.newId("usr"), email, name: owner.name });
  await store.markEmailVerified(tx, userId);
  await store.upsertPassword(tx, { id: tx.newId("idn"), userId, passwordHash: owner.passwordHash });
  await store.deleteSessionsOf(tx, userId);
  await store.insertInstallationOwner(tx, userId);
  await store.upsertMembershipInAllPrograms(tx, userId, "owner");
  await recordAudit(tx, [{ ...cause, operation: "setup.complete", subjectId: userId }]);
  return userId;
}
