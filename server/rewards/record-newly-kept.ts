import type { Tx } from "../platform/database.ts";
import { type KeptCounters, keptTogether } from "./counter.ts";
import { publishedPlans } from "./plans-in-force.ts";
import { launchedPromotions } from "./promotions-in-force.ts";
import { renewCounters } from "./store/counters.ts";
import { listPublishedPlans } from "./store/plans.ts";
import { listPromotions } from "./store/promotions.ts";

/**
 * A plan or promotion that is about to be there asks for counters that nobody has kept until now. Those left from one
 * that was withdrawn have missed what came since: they begin again with what the books say. The caller has announced
 * the change, so nothing is being settled.
 */
export async function recordNewlyKept(tx: Tx, kept: KeptCounters): Promise<void> {
  if (!(kept.nth || kept.qualified || kept.points)) return;
  const plans = publishedPlans(await listPublishedPlans(tx)).map(({ plan }) => plan);
  const before = keptTogether([...plans, ...launchedPromotions(await listPromotions(tx))]);
  const kinds = (["nth", "qualified", "points"] as const).filter((kind) => kept[kind] && !before[kind]);
  if (kinds.length > 0) await renewCounters(tx, kinds);
}
