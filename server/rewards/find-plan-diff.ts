import type { Reader } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { type PlanChange, planDiff } from "./plan-diff.ts";
import { planInForce, publishedPlans } from "./plans-in-force.ts";
import { listPublishedPlans, type PlanRow, readPlan } from "./store/plans.ts";

export type FoundDiff = { before: PlanRow; after: PlanRow; changes: PlanChange[] };

/** A plan beside another one: the named one, the version it was begun from, or the one in force at `now`. */
export async function findPlanDiff(
  reader: Reader,
  planId: string,
  other: string | null,
  now: Date,
): Promise<FoundDiff> {
  const after = await readPlan(reader, { id: planId });
  if (!after) throw new Refusal("not_found");
  const before = other === null ? await readUsual(reader, after, now) : await readPlan(reader, keyOf(other));
  if (!before) throw nothingToCompare(other);
  return { before, after, changes: planDiff(before.document, after.document) };
}

function keyOf(text: string): { id: string } | { version: number } {
  return /^[1-9]\d{0,8}$/.test(text) ? { version: Number(text) } : { id: text };
}

async function readUsual(reader: Reader, after: PlanRow, now: Date): Promise<PlanRow | null> {
  if (after.baseVersion !== null) return readPlan(reader, { version: after.baseVersion });
  const published = planInForce(publishedPlans(await listPublishedPlans(reader)), now);
  return published && readPlan(reader, { id: published.id });
}

function nothingToCompare(other: string | null): Refusal {
  const message =
    other === null
      ? "No plan is in force to compare it with; name one."
      : "There is no such plan or version to compare it with.";
  return new Refusal("invalid_request", { errors: [{ pointer: "/with", code: "not_found", message }] });
}
