import type { LRUCache } from "lru-cache";
import type { Reader } from "../platform/database.ts";
import type { Program } from "../programs/program.ts";
import { type PublishedPlan, publishedPlans } from "./plans-in-force.ts";
import { listPublishedPlans } from "./store/plans.ts";

/** Parsed plans by program. Published plans never change, so the program's revision says whether they are still all. */
export type PlanCache = LRUCache<string, { revision: bigint; plans: PublishedPlan[] }>;

/** The published plans of a program, the latest first. */
export async function findPlans(
  reader: Reader,
  program: Pick<Program, "programId" | "planRevision">,
  cache: PlanCache,
): Promise<PublishedPlan[]> {
  const known = cache.get(program.programId);
  if (known?.revision === program.planRevision) return known.plans;
  const plans = publishedPlans(await listPublishedPlans(reader));
  cache.set(program.programId, { revision: program.planRevision, plans });
  return plans;
}
