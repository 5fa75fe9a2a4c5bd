import type { ConversionRow } from "../conversions/conversion.ts";
import type { Reader } from "../platform/database.ts";
import type { ConversionAnswer } from "./contract.ts";
import type { PlanCache } from "./find-plans.ts";
import { findRewards } from "./find-rewards.ts";
import { findSettlements } from "./find-settlements.ts";
import { conversionWire } from "./presentation.ts";

/** Conversions with their rewards and passes as they stand now, in the order given. */
export async function findConversionAnswers(
  reader: Reader,
  conversions: readonly ConversionRow[],
  cache: PlanCache,
): Promise<ConversionAnswer[]> {
  if (conversions.length === 0) return [];
  const rewards = await findRewards(
    reader,
    conversions.map((row) => row.id),
  );
  const settlements = await findSettlements(reader, conversions, cache);
  return conversions.map((row) => {
    const settlement = settlements.get(row.id);
    return conversionWire(
      row,
      rewards.get(row.id) ?? [],
      settlement?.passes ?? [],
      settlement?.facts ?? null,
    );
  });
}
