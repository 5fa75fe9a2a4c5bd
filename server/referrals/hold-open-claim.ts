import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { lockClaim } from "./store/claims.ts";

/** Nobody else decides this claim until the transaction ends; refuses one that is decided. */
export async function holdOpenClaim(tx: Tx, id: string): Promise<void> {
  const claim = await lockClaim(tx, id);
  if (!claim) throw new Refusal("not_found");
  if (claim.state !== "open") throw new Refusal("already_decided");
}
