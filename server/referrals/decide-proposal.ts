import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { type Proposal, refuseDecision } from "./proposal.ts";
import { lockProposal, updateProposal } from "./store/proposals.ts";

/** A second person approves what one has proposed, or somebody rejects it; what it says happens elsewhere. */
export async function decideProposal(
  tx: Tx,
  id: string,
  decision: { state: "approved" | "rejected"; decidedBy: string | null; reason: string | null },
): Promise<Proposal> {
  const proposal = await lockProposal(tx, id);
  if (!proposal) throw new Refusal("not_found");
  const refusal = refuseDecision(proposal, decision.state, decision.decidedBy);
  if (refusal) throw refusal;
  return updateProposal(tx, id, decision);
}
