import type { Reader } from "../platform/database.ts";
import type { Proposal } from "./proposal.ts";
import { listProposals, type ProposalFilter } from "./store/proposals.ts";

/** What waits for a second person, or did. */
export function findProposals(reader: Reader, filter: ProposalFilter): Promise<Proposal[]> {
  return listProposals(reader, filter);
}
