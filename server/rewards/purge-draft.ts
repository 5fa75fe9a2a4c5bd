import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { deleteDraft, lockPlan } from "./store/plans.ts";

/** Forgets a draft. What was published stays for ever. */
export async function purgeDraft(tx: Tx, planId: string): Promise<void> {
  const draft = await lockPlan(tx, planId);
  if (!draft) throw new Refusal("not_found");
  if (draft.state !== "draft") throw new Refusal("plan_published");
  await deleteDraft(tx, planId);
}
