import type { Database } from "../platform/database.ts";
import type { PlanCache } from "./find-plans.ts";
import { type Reassigned, type ReassignmentOrder, reassignReferral } from "./reassign-referral.ts";
import { Rehearsal } from "./rehearsal.ts";

/** What a reassignment would move: it is made, looked at, and undone, so that it is what would happen. */
export async function previewReassignment(
  db: Database,
  programId: string,
  order: ReassignmentOrder,
  cache: PlanCache,
): Promise<Reassigned> {
  try {
    return await db.write(programId, async (tx) => {
      throw new Rehearsal(await reassignReferral(tx, order, cache));
    });
  } catch (error) {
    if (error instanceof Rehearsal) return error.made;
    throw error;
  }
}
