import type { Tx } from "../platform/database.ts";
import { hashSecret, newSecret } from "../platform/secret.ts";
import type { Actor } from "./actor.ts";
import { EMBED_SECONDS_MAX, embedTokenSecret } from "./embed-token.ts";
import { recordAudit } from "./record-audit.ts";
import * as store from "./store.ts";

export type CreatedEmbedToken = { token: string; expiresAt: Date };

/** A token for one participant's screen, for an hour at most. Kept as a hash. */
export async function createEmbedToken(
  tx: Tx,
  programId: string,
  participantId: string,
  cause: { actor: Actor; requestId: string | null },
  seconds = EMBED_SECONDS_MAX,
): Promise<CreatedEmbedToken> {
  const token = embedTokenSecret(newSecret());
  const lifetime = Math.min(Math.max(1, seconds), EMBED_SECONDS_MAX);
  const expiresAt = new Date(tx.now.getTime() + lifetime * 1000);
  await store.insertEmbedToken(tx, hashSecret(token), { programId, participantId, expiresAt });
  await store.deleteExpiredEmbedTokens(tx);
  await recordAudit(tx, [{ ...cause, operation: "embed_tokens.create", subjectId: participantId }]);
  return { token, expiresAt };
}
