import { appendEvents } from "../events/append-events.ts";
import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import type { Claim } from "./claim.ts";
import { claimFact } from "./claim-fact.ts";
import { lockClaim, updateClaim } from "./store/claims.ts";

export type ClaimDecision = {
  state: "approved" | "rejected";
  /** Who it was after all, where it is approved. */
  advocateId: string | null;
  decidedBy: string | null;
  /** They read it too. */
  reason: string;
};

/** Ends an open claim and tells whoever made it. */
export async function decideClaim(tx: Tx, id: string, decision: ClaimDecision): Promise<Claim> {
  const claim = await lockClaim(tx, id);
  if (!claim) throw new Refusal("not_found");
  if (claim.state !== "open") throw new Refusal("already_decided");
  const decided = await updateClaim(tx, id, decision);
  await appendEvents(tx, [claimFact(`claim.${decision.state}`, decided)]);
  return decided;
}
