import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { findProgram } from "../programs/find-program.ts";
import { recordPlanRevision } from "../programs/record-plan-revision.ts";
import { planInForce, publishedPlans } from "./plans-in-force.ts";
import {
  PROMOTIONS_MAX,
  type PromotionDocument,
  promotedPlan,
  promotionHash,
  promotionProblems,
  readPromotion,
} from "./promotion.ts";
import { recordNewlyKept } from "./record-newly-kept.ts";
import { listPublishedPlans } from "./store/plans.ts";
import { insertPromotion, listPromotions, type PromotionRow } from "./store/promotions.ts";

/** Lays a promotion over the plan, from now or a later moment on: what has been settled stays as it is. */
export async function launchPromotion(tx: Tx, document: unknown): Promise<PromotionRow> {
  // Whoever keeps plans in memory reads promotions again, too; launches wait here for one another.
  await recordPlanRevision(tx);
  const { timeZone } = await findProgram(tx);
  const published = planInForce(publishedPlans(await listPublishedPlans(tx)), tx.now);
  if (!published) throw new Refusal("no_plan_in_force");
  if ((await listPromotions(tx)).length === PROMOTIONS_MAX) throw new Refusal("too_many_promotions");
  const problems = promotionProblems(document, promotedPlan(published.plan), timeZone);
  if (problems.length > 0) throw new Refusal("invalid_promotion", { errors: problems });
  const id = tx.newId("pro");
  const { startsAt, endsAt, kept } = readPromotion(id, document, timeZone);
  if (startsAt.getTime() < tx.now.getTime()) throw refusedStart();
  await recordNewlyKept(tx, kept);
  const hash = promotionHash(document as PromotionDocument);
  return insertPromotion(tx, { id, document, hash, timeZone, startsAt, endsAt });
}

function refusedStart(): Refusal {
  const message = "A promotion can begin from now on, not before.";
  return new Refusal("invalid_promotion", {
    errors: [{ pointer: "/starts_at", code: "in_the_past", message }],
  });
}
