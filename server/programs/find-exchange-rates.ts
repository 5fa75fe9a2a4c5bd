import type { Reader } from "../platform/database.ts";
import { type RateEntry, rateEntryOf } from "./exchange-rate.ts";
import { listExchangeRates, listRatesById, type RateFilter } from "./store/exchange-rates.ts";

/** Rates as they were entered, newest first, one page; or those of some ids. */
export async function findExchangeRates(
  reader: Reader,
  by: RateFilter | { ids: readonly string[] },
): Promise<RateEntry[]> {
  if (!("ids" in by)) return (await listExchangeRates(reader, by)).map(rateEntryOf);
  return by.ids.length === 0 ? [] : (await listRatesById(reader, by.ids)).map(rateEntryOf);
}
