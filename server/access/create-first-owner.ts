import type { Tx } from "../platform/database.ts";
import type { Actor } from "./actor.ts";
import { createOwner, type NewOwner } from "./create-owner.ts";
import * as store from "./store.ts";

/** Makes somebody the owner of an installation that has none; false where it has one. */
export async function createFirstOwner(
  tx: Tx,
  owner: NewOwner,
  cause: { actor: Actor; requestId: string | null },
): Promise<boolean> {
  if (await store.isOwned(tx)) return false;
  await createOwner(tx, owner, cause);
  return true;
}
