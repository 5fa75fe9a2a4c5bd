import type { PromotionAnswer } from "./contract/promotions.ts";
import type { FoundPromotion } from "./find-promotions.ts";
import { isRunning, readPromotion } from "./promotion.ts";
import { inForceUntil } from "./promotions-in-force.ts";

/** A promotion as the API shows it: what was written, and how far it has come. */
export function promotionWire({ row, spentMinor, advocates }: FoundPromotion, now: Date): PromotionAnswer {
  const { startsAt, budget } = readPromotion(row.id, row.document, row.timeZone);
  const endsAt = inForceUntil(row.endsAt, row.endedAt);
  const isScheduled = now.getTime() < startsAt.getTime() && row.endedAt === null;
  const state = isRunning({ startsAt, endsAt }, now) ? "running" : isScheduled ? "scheduled" : "over";
  return {
    id: row.id,
    document: row.document,
    hash: row.hash,
    state,
    time_zone: row.timeZone,
    starts_at: startsAt.toISOString(),
    ends_at: endsAt.toISOString(),
    ended_at: row.endedAt?.toISOString() ?? null,
    spent: budget && { amount: Number(spentMinor), currency: budget.currency },
    advocates: Number(advocates),
    created_at: row.createdAt.toISOString(),
  };
}
