import type { Tx } from "../platform/database.ts";
import { hashSecret, newSecret } from "../platform/secret.ts";
import { Refusal } from "../primitives/refusal.ts";
import type { Actor, Scope } from "./actor.ts";
import { type ApiKey, apiKeySecret, hintOf, isPublicKey } from "./api-key.ts";
import { recordAudit } from "./record-audit.ts";
import * as store from "./store.ts";

export type ApiKeyWish = { name: string; scopes: readonly Scope[]; livemode: boolean };
export type CreatedApiKey = { key: ApiKey; secret: string };

/** A key of one program. Its secret leaves through the answer only. */
export async function createApiKey(
  tx: Tx,
  programId: string,
  wish: ApiKeyWish,
  cause: { actor: Actor; requestId: string | null },
): Promise<CreatedApiKey> {
  const scopes = [...new Set(wish.scopes)].sort();
  // What may be read by everybody opens nothing else.
  if (isPublicKey(scopes) && scopes.length > 1) throw new Refusal("public_key_scopes");
  const secret = apiKeySecret({ scopes, livemode: wish.livemode }, newSecret());
  const key = { id: tx.newId("key"), name: wish.name, scopes, livemode: wish.livemode, hint: hintOf(secret) };
  await store.insertApiKey(tx, programId, key);
  await store.insertApiKeySecret(tx, programId, key, hashSecret(secret));
  await recordAudit(tx, [{ ...cause, operation: "api_keys.create", subjectId: key.id, changes: { scopes } }]);
  return { key: { ...key, createdAt: tx.now, lastUsedAt: null }, secret };
}
