import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import type { Proposal } from "./proposal.ts";
import { insertProposal, type NewProposal } from "./store/proposals.ts";

/** Waits for a second person; there is one proposal at a time for each friend. */
export async function proposeReassignment(tx: Tx, made: Omit<NewProposal, "id">): Promise<Proposal> {
  const proposal = await insertProposal(tx, { ...made, id: tx.newId("rap") });
  if (!proposal) throw new Refusal("already_proposed");
  return proposal;
}
