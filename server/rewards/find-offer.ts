import type { Reader } from "../platform/database.ts";
import { findProgram } from "../programs/find-program.ts";
import type { Offer } from "../welcome/offer.ts";
import { findPlans, type PlanCache } from "./find-plans.ts";
import { offerOf } from "./offer.ts";
import { planInForce } from "./plans-in-force.ts";

/** What the plan in force promises, or null while there is none. */
export async function findOffer(reader: Reader, plans: PlanCache, now: Date): Promise<Offer | null> {
  const terms = await findPlans(reader, await findProgram(reader), plans);
  const published = planInForce(terms.plans, now);
  return published && offerOf(published.plan, terms.promotions, now);
}
