import type { Tx } from "../platform/database.ts";
import { hashSecret } from "../platform/secret.ts";
import { Refusal } from "../primitives/refusal.ts";
import { createOwner, type NewOwner } from "./create-owner.ts";
import * as store from "./store.ts";

/** Spends the set-up token on the first owner. Of two at once, one finds no token left. */
export async function acceptSetup(
  tx: Tx,
  token: string,
  owner: NewOwner,
  requestId: string,
): Promise<string> {
  const tokens = await store.takeSetupTokens(tx);
  if (await store.isOwned(tx)) throw new Refusal("setup_complete");
  if (!tokens.includes(hashSecret(token))) throw new Refusal("invalid_setup_token");
  return createOwner(tx, owner, { actor: { kind: "visitor" }, requestId });
}
