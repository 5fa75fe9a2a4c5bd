import type { Fact } from "../events/catalogue.ts";
import type { Claim } from "./claim.ts";

/** What becomes of a claim is told to whoever made it. */
export function claimFact(
  type: "claim.created" | "claim.approved" | "claim.rejected" | "claim.expired",
  { id, participantId, state, invitedOn, createdAt, decisionReason }: Claim,
): Fact {
  return {
    type,
    subjectId: id,
    audience: [participantId],
    object: {
      ...{ id, participant_id: participantId, state, invited_on: invitedOn },
      ...{ created_at: createdAt.toISOString(), decision_reason: decisionReason },
    },
  };
}
