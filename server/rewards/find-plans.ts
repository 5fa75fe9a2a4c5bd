import type { LRUCache } from "lru-cache";
import type { Reader } from "../platform/database.ts";
import type { Program } from "../programs/program.ts";
import { type PublishedPlan, publishedPlans } from "./plans-in-force.ts";
import type { Promotion } from "./promotion.ts";
import { launchedPromotions } from "./promotions-in-force.ts";
import { listPublishedPlans } from "./store/plans.ts";
import { listPromotions } from "./store/promotions.ts";

/** What a program pays by: its published plans, the latest first, and what lies over them, in the order of their start. */
export type Terms = { plans: PublishedPlan[]; promotions: Promotion[] };

/** Terms by program, read once. They only change with the program's revision, which says whether they are still all. */
export type PlanCache = LRUCache<string, Terms & { revision: bigint }>;

/** By what a program pays, or has paid. */
export async function findPlans(
  reader: Reader,
  program: Pick<Program, "programId" | "planRevision">,
  cache: PlanCache,
): Promise<Terms> {
  const known = cache.get(program.programId);
  if (known?.revision === program.planRevision) return known;
  const [planRows, promotionRows] = await Promise.all([listPublishedPlans(reader), listPromotions(reader)]);
  const terms = { plans: publishedPlans(planRows), promotions: launchedPromotions(promotionRows) };
  cache.set(program.programId, { revision: program.planRevision, ...terms });
  return terms;
}
