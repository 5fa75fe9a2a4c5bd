import type { Tx } from "../platform/database.ts";
import { parsePlan, planHash } from "./plan.ts";
import { insertPlan, type PlanRow } from "./store.ts";

/** Keeps a plan document as a draft, or refuses it with every place that is wrong. */
export async function createPlan(tx: Tx, document: unknown): Promise<PlanRow> {
  const plan = parsePlan(document);
  return insertPlan(tx, { id: tx.newId("pln"), document: plan.document, hash: planHash(plan) });
}
