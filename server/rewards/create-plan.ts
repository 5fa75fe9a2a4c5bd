import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { parsePlan, planHash } from "./plan.ts";
import { insertPlan, type PlanRow, readPlan } from "./store/plans.ts";

/** Keeps a plan document as a draft, or refuses it with every place that is wrong. */
export async function createPlan(
  tx: Tx,
  document: unknown,
  baseVersion: number | null = null,
): Promise<PlanRow> {
  const plan = parsePlan(document);
  if (baseVersion !== null && !(await readPlan(tx, { version: baseVersion }))) throw unknownVersion();
  return insertPlan(tx, { id: tx.newId("pln"), document: plan.document, hash: planHash(plan), baseVersion });
}

function unknownVersion(): Refusal {
  const message = "There is no such version of the plan.";
  return new Refusal("invalid_request", {
    errors: [{ pointer: "/base_version", code: "unknown_version", message }],
  });
}
