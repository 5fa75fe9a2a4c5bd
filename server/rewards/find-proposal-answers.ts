import type { Reader } from "../platform/database.ts";
import type { Proposal } from "../referrals/proposal.ts";
import type { ProposalAnswer } from "./contract/reassignments.ts";
import { findMovedNames } from "./find-moved-names.ts";
import { movedMoneyWire } from "./moved-money.ts";

/** Proposals with the names of everybody they are about, or, for an answer that is stored, without. */
export async function findProposalAnswers(
  reader: Reader,
  proposals: readonly Proposal[],
  isNamed = true,
): Promise<ProposalAnswer[]> {
  const nameOf = await findMovedNames(
    reader,
    isNamed ? proposals.flatMap(({ refereeId, advocateId }) => [refereeId, advocateId]) : [],
    isNamed ? proposals.flatMap(({ money }) => money) : [],
  );
  return proposals.map((one) => ({
    ...{ id: one.id, referee_id: one.refereeId, referee_name: nameOf(one.refereeId) },
    ...{ advocate_id: one.advocateId, advocate_name: nameOf(one.advocateId), claim_id: one.claimId },
    ...{
      reason: one.reason,
      state: one.state,
      money: one.money.map((moved) => movedMoneyWire(moved, nameOf)),
    },
    ...{ proposed_by: one.proposedBy, proposed_at: one.proposedAt.toISOString(), decided_by: one.decidedBy },
    ...{ decided_at: one.decidedAt?.toISOString() ?? null, decision_reason: one.decisionReason },
  }));
}
