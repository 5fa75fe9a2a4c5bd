import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { parsePlan, planHash } from "./plan.ts";
import { lockPlan, type PlanRow, updateDraft } from "./store/plans.ts";

/** Gives a draft another text, if it still has the text that was read before. */
export async function setPlanDocument(
  tx: Tx,
  planId: string,
  readHash: string | "*",
  document: unknown,
): Promise<PlanRow> {
  const draft = await lockPlan(tx, planId);
  if (!draft) throw new Refusal("not_found");
  if (draft.state !== "draft") throw new Refusal("plan_published");
  if (readHash !== "*" && readHash !== draft.hash)
    throw new Refusal("plan_changed", { facts: { hash: draft.hash } });
  const plan = parsePlan(document);
  return updateDraft(tx, planId, { document: plan.document, hash: planHash(plan) });
}
