import type { Tx } from "../platform/database.ts";
import { hashSecret, newSecret } from "../platform/secret.ts";
import type { Actor } from "./actor.ts";
import { signInLinkSecret } from "./link-to-sign-in.ts";
import { recordAudit } from "./record-audit.ts";
import * as store from "./store.ts";

const LIFETIME_MS = 15 * 60_000;

/** A way in for one participant, which the program's team hands over: once, for a quarter of an hour. */
export async function createSignInLink(
  tx: Tx,
  programId: string,
  participantId: string,
  cause: { actor: Actor; requestId: string | null },
): Promise<{ token: string; expiresAt: Date }> {
  const token = signInLinkSecret(newSecret());
  const expiresAt = new Date(tx.now.getTime() + LIFETIME_MS);
  await store.insertSignInLink(tx, hashSecret(token), { programId, participantId }, expiresAt);
  await store.deleteExpiredSignInLinks(tx);
  await recordAudit(tx, [{ ...cause, operation: "sign_in_links.create", subjectId: participantId }]);
  return { token, expiresAt };
}
