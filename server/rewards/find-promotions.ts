import type { Reader } from "../platform/database.ts";
import { advocatesKey, spentKey } from "./counter.ts";
import { listCountersOf } from "./store/counters.ts";
import { listPromotions, type PromotionRow, readPromotionRow } from "./store/promotions.ts";

/** A promotion with what it has used so far. */
export type FoundPromotion = { row: PromotionRow; spentMinor: bigint; advocates: bigint };

/** One promotion, or all, newest first. */
export async function findPromotions(reader: Reader, id: string | null): Promise<FoundPromotion[]> {
  const one = id === null ? null : await readPromotionRow(reader, id);
  const rows = id === null ? await listPromotions(reader) : one ? [one] : [];
  if (rows.length === 0) return [];
  const keys = rows.flatMap((row) => [spentKey(row.id), advocatesKey(row.id)]);
  const values = new Map((await listCountersOf(reader, keys)).map(({ key, value }) => [key, value]));
  return rows.map((row) => ({
    row,
    spentMinor: values.get(spentKey(row.id)) ?? 0n,
    advocates: values.get(advocatesKey(row.id)) ?? 0n,
  }));
}
