import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { findLint } from "./find-lint.ts";
import { openFindings } from "./plan-inspection.ts";
import { publishPlan } from "./publish-plan.ts";
import { lockPlan, type PlanRow } from "./store/plans.ts";

/** Publishes a draft that nothing stands against: no blocking finding, every advisory one acknowledged. */
export async function publishDraft(tx: Tx, planId: string, from: Date | null): Promise<PlanRow> {
  const draft = await lockPlan(tx, planId);
  if (!draft) throw new Refusal("not_found");
  if (draft.state !== "draft") throw new Refusal("plan_published");
  const found = await findLint(tx, draft.document, tx.now);
  if (found.hash === null) throw new Refusal("invalid_plan", { errors: found.problems });
  const open = openFindings(found.lint, found.acknowledgements);
  if (open.length > 0)
    throw new Refusal("plan_has_findings", {
      errors: open.map(({ pointer, code, message }) => ({ pointer, code, message })),
    });
  return publishPlan(tx, planId, from);
}
