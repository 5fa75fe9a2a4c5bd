import { byStart, isRunning, type Promotion, type PromotionId, readPromotion } from "./promotion.ts";

type LaunchedRow = {
  id: PromotionId;
  document: unknown;
  timeZone: string;
  endsAt: Date;
  endedAt: Date | null;
};

/** Reads what was launched, in the order in which it is looked at. */
export function launchedPromotions(rows: readonly LaunchedRow[]): Promotion[] {
  return rows
    .map(({ id, document, timeZone, endsAt, endedAt }) => ({
      ...readPromotion(id, document, timeZone),
      endsAt: inForceUntil(endsAt, endedAt),
    }))
    .sort(byStart);
}

/** Ended before its time, or by itself. */
export function inForceUntil(endsAt: Date, endedAt: Date | null): Date {
  return endedAt !== null && endedAt.getTime() < endsAt.getTime() ? endedAt : endsAt;
}

/** Those a conversion belongs to, by when it occurred; in the same order. */
export function promotionsAt(promotions: readonly Promotion[], occurredAt: Date): readonly Promotion[] {
  return promotions.length === 0 ? NONE : promotions.filter((promotion) => isRunning(promotion, occurredAt));
}

const NONE: readonly Promotion[] = [];
