import { actorId } from "../../access/actor.ts";
import type { AuditChanges } from "../../access/audit-entry.ts";
import type { Answer } from "../../access/door.ts";
import type { Tx } from "../../platform/database.ts";
import { proposeReassignment } from "../../referrals/propose-reassignment.ts";
import type { PlanCache } from "../find-plans.ts";
import { findReassignmentAnswer } from "../find-reassignment-answer.ts";
import { type ReassignmentOrder, reassignReferral } from "../reassign-referral.ts";
import { Rehearsal } from "../rehearsal.ts";

type Means = {
  write: (fn: (tx: Tx) => Promise<Answer>) => Promise<Answer>;
  cache: PlanCache;
  /** Refuses, before anything is done, what must not be decided any more. */
  hold?: (tx: Tx) => Promise<void>;
};

/** What else happens in the transaction of the decision, or of the proposal that it became. */
type Beside = (tx: Tx, subjectId: string, changes: AuditChanges, isDone: boolean) => Promise<void>;

/** Decides at once what one person may decide; what moves more is undone and waits for a second person. */
export async function decideMove(
  { write, cache, hold }: Means,
  order: ReassignmentOrder,
  beside: Beside,
): Promise<Answer> {
  try {
    return await write(async (tx) => {
      await hold?.(tx);
      const made = await reassignReferral(tx, order, cache);
      if (made.needsSecondPerson) throw new Rehearsal(made);
      const { id, formerAdvocateId, advocateId } = made.reassignment;
      const changes = { former_advocate_id: formerAdvocateId, advocate_id: advocateId, reason: order.reason };
      await beside(tx, id, changes, true);
      return { status: 200, body: await findReassignmentAnswer(tx, made, "reassigned", null) };
    });
  } catch (error) {
    if (!(error instanceof Rehearsal)) throw error;
    const { made } = error;
    return write(async (tx) => {
      const { refereeId, advocateId, reason, actor, claimId } = order;
      const proposal = await proposeReassignment(tx, {
        ...{
          refereeId: made.reassignment.refereeId,
          advocateId: advocateId as typeof made.reassignment.advocateId,
        },
        ...{ claimId, reason, money: made.reassignment.money, proposedBy: actorId(actor) ?? refereeId },
      });
      await beside(tx, proposal.id, { advocate_id: advocateId, reason, proposed: true }, false);
      return { status: 202, body: await findReassignmentAnswer(tx, made, "proposed", proposal.id) };
    });
  }
}
