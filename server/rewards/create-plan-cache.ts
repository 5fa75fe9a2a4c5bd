import { LRUCache } from "lru-cache";
import type { PlanCache } from "./find-plans.ts";

const PROGRAMS_CACHED_MAX = 1_000;

export function createPlanCache(): PlanCache {
  return new LRUCache({ max: PROGRAMS_CACHED_MAX });
}
