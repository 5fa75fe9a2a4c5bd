import type { Tx } from "../platform/database.ts";
import { hashSecret, newSecret } from "../platform/secret.ts";
import type { Actor, Scope } from "./actor.ts";
import { type ApiKey, apiKeySecret, hintOf } from "./api-key.ts";
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
  const secret = apiKeySecret(wish.livemode, newSecret());
  const scopes = [...new Set(wish.scopes)].sort();
  const key = { id: tx.newId("key"), name: wish.name, scopes, livemode: wish.livemode, hint: hintOf(secret) };
  await store.insertApiKey(tx, programId, key);
  await store.insertApiKeySecret(tx, programId, key, hashSecret(secret));
  await recordAudit(tx, [{ ...cause, operation: "api_keys.create", subjectId: key.id, changes: { scopes } }]);
  return { key: { ...key, createdAt: tx.now, lastUsedAt: null }, secret };
}
