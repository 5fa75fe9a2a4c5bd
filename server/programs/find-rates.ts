import type { Reader } from "../platform/database.ts";
import { dayIn, type RateEntry, rateEntryOf } from "./exchange-rate.ts";
import type { Program } from "./program.ts";
import { listRatesOn } from "./store/exchange-rates.ts";

/** Which rate counts for a currency at a moment; null where none was entered for that day or before. */
export type Rates = { at(currency: string, moment: Date): RateEntry | null };

/** The rates that settle some amounts: read once, and only where one is not in the program's currency. */
export async function findRates(
  reader: Reader,
  program: Pick<Program, "currency" | "timeZone">,
  asked: readonly { currency: string; moment: Date }[],
): Promise<Rates> {
  const dayOf = (moment: Date): string => dayIn(program.timeZone, moment);
  const wanted = new Map<string, { currency: string; day: string }>();
  for (const { currency, moment } of asked)
    if (currency !== program.currency)
      wanted.set(`${currency} ${dayOf(moment)}`, { currency, day: dayOf(moment) });
  if (wanted.size === 0) return { at: () => null };
  const rows = await listRatesOn(reader, [...wanted.values()]);
  const found = new Map(rows.map(({ day, ...row }) => [`${row.currency} ${day}`, rateEntryOf(row)]));
  return { at: (currency, moment) => found.get(`${currency} ${dayOf(moment)}`) ?? null };
}
