import type { ConversionRow } from "../conversions/conversion.ts";
import type { Reader } from "../platform/database.ts";
import { findExchangeRates } from "../programs/find-exchange-rates.ts";
import type { ForeignPurchase } from "./reward-transfers.ts";

/** The rate a purchase in another currency was settled by; null for one in the program's own. */
export async function findForeignPurchase(
  reader: Reader,
  { rateId, currency }: Pick<ConversionRow, "rateId" | "currency">,
): Promise<ForeignPurchase | null> {
  if (rateId === null) return null;
  const [rate] = await findExchangeRates(reader, { ids: [rateId] });
  return rate ? { rate, currency } : null;
}
