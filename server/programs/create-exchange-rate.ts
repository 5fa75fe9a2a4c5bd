import type { Tx } from "../platform/database.ts";
import { type NewRate, type RateEntry, rateEntryOf } from "./exchange-rate.ts";
import { insertExchangeRate } from "./store/exchange-rates.ts";

/** Enters a rate. Nothing is ever changed: of two entries for one day the later one counts, from now on. */
export async function createExchangeRate(tx: Tx, entry: NewRate): Promise<RateEntry> {
  return rateEntryOf(await insertExchangeRate(tx, tx.newId("fxr"), entry));
}
