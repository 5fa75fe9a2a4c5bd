import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { recordPlanRevision } from "../programs/record-plan-revision.ts";
import { endPromotion, lockPromotion, type PromotionRow } from "./store/promotions.ts";

/** Ends a promotion now, before its time: what occurs from now on no longer belongs to it. */
export async function setPromotionEnd(tx: Tx, id: string): Promise<{ row: PromotionRow; isNew: boolean }> {
  await recordPlanRevision(tx);
  const row = await lockPromotion(tx, id);
  if (!row) throw new Refusal("not_found");
  if (row.endedAt !== null) return { row, isNew: false };
  if (row.endsAt.getTime() <= tx.now.getTime()) throw new Refusal("promotion_over");
  return { row: await endPromotion(tx, id), isNew: true };
}
