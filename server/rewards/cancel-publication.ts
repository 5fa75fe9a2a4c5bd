import { appendEvents } from "../events/append-events.ts";
import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { recordPlanRevision } from "../programs/record-plan-revision.ts";
import { lockPlan, type PlanRow, withdrawPlan } from "./store/plans.ts";

/** Takes a published version back before its day has come: it never held, and keeps its number. */
export async function cancelPublication(tx: Tx, planId: string): Promise<PlanRow> {
  await recordPlanRevision(tx);
  const plan = await lockPlan(tx, planId);
  if (!plan) throw new Refusal("not_found");
  if (plan.state !== "published") throw new Refusal("plan_not_scheduled");
  const withdrawn = await withdrawPlan(tx, planId);
  if (!withdrawn) throw new Refusal("plan_not_scheduled");
  await appendEvents(tx, [
    {
      type: "plan.withdrawn",
      subjectId: planId,
      audience: [],
      object: {
        id: planId,
        version: withdrawn.version,
        hash: withdrawn.hash,
        from: withdrawn.inForceFrom?.toISOString() ?? null,
      },
    },
  ]);
  return withdrawn;
}
