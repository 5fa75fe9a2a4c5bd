import type { Reader } from "../platform/database.ts";
import type { ReassignmentAnswer } from "./contract/reassignments.ts";
import { findMovedNames } from "./find-moved-names.ts";
import { movedMoneyWire } from "./moved-money.ts";
import type { Reassigned } from "./reassign-referral.ts";

/**
 * A decision, or what it would be. Only a preview names people: what was done is answered again from what is stored, and
 * names are not.
 */
export async function findReassignmentAnswer(
  reader: Reader,
  { reassignment, people, needsSecondPerson }: Reassigned,
  outcome: ReassignmentAnswer["outcome"],
  proposalId: string | null,
): Promise<ReassignmentAnswer> {
  const { id, refereeId, formerAdvocateId, advocateId, money } = reassignment;
  const isNamed = outcome === "preview";
  const nameOf = await findMovedNames(reader, isNamed ? [refereeId, advocateId] : [], isNamed ? money : []);
  return {
    outcome,
    ...{ referee_id: refereeId, referee_name: nameOf(refereeId), former_advocate_id: formerAdvocateId },
    ...{ advocate_id: advocateId, advocate_name: nameOf(advocateId), people },
    money: money.map((one) => movedMoneyWire(one, nameOf)),
    needs_second_person: needsSecondPerson,
    reassignment_id: outcome === "reassigned" ? id : null,
    proposal_id: proposalId,
  };
}
