import type { ParticipantId } from "../participants/participant.ts";
import type { Id } from "../primitives/id.ts";
import { Refusal } from "../primitives/refusal.ts";
import type { MovedMoney } from "./reassignment.ts";

export type ProposalId = Id<"rap">;

export const PROPOSAL_STATES = ["proposed", "approved", "rejected"] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

/** A reassignment that moves more than one person may decide, until a second one does. */
export type Proposal = {
  id: ProposalId;
  refereeId: ParticipantId;
  advocateId: ParticipantId;
  claimId: string | null;
  reason: string;
  state: ProposalState;
  /** As it was when it was proposed. */
  money: MovedMoney[];
  proposedBy: string;
  proposedAt: Date;
  decidedBy: string | null;
  decidedAt: Date | null;
  decisionReason: string | null;
};

/** Whoever proposed it cannot approve it too; they may take it back. */
export function refuseDecision(
  { state, proposedBy }: Pick<Proposal, "state" | "proposedBy">,
  decision: "approved" | "rejected",
  decidedBy: string | null,
): Refusal | null {
  if (state !== "proposed") return new Refusal("already_decided");
  return decision === "approved" && (decidedBy === null || decidedBy === proposedBy)
    ? new Refusal("second_person_required")
    : null;
}
