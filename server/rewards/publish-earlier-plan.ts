import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { createPlan } from "./create-plan.ts";
import { publishPlan } from "./publish-plan.ts";
import { type PlanRow, readPlan } from "./store/plans.ts";

/**
 * Goes back: the text of an earlier version becomes the next one. It was in force before, so nobody who is in a
 * hurry is asked about findings again; its examples must hold as ever.
 */
export async function publishEarlierPlan(tx: Tx, planId: string, from: Date | null): Promise<PlanRow> {
  const earlier = await readPlan(tx, { id: planId });
  if (!earlier) throw new Refusal("not_found");
  if (earlier.state !== "published") throw new Refusal("plan_not_published");
  const copy = await createPlan(tx, earlier.document, earlier.version);
  return publishPlan(tx, copy.id, from);
}
