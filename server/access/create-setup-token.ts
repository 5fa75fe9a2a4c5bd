import type { Tx } from "../platform/database.ts";
import { hashSecret, newSecret } from "../platform/secret.ts";
import * as store from "./store.ts";

/** A token that lets its first user become the owner; null when the installation has one. Kept as a hash, so shown now or never. */
export async function createSetupToken(tx: Tx): Promise<string | null> {
  if (await store.isOwned(tx)) return null;
  const token = newSecret();
  await store.insertSetupToken(tx, hashSecret(token));
  await store.deleteOldSetupTokens(tx);
  return token;
}
