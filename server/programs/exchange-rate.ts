import { type ExchangeRate, parseExchangeRate } from "../primitives/exchange.ts";
import { type FieldProblem, Refusal } from "../primitives/refusal.ts";

export type ExchangeRateId = `fxr_${string}`;

/** What one unit of `currency` is worth in the program's currency, from a date on. */
export type RateEntry = {
  id: ExchangeRateId;
  currency: string;
  rate: ExchangeRate;
  /** "2026-03-01": a day in the program's time zone. */
  validFrom: string;
  source: string;
  createdAt: Date;
};

/** An entry as the database answers it. */
export type RateRow = Omit<RateEntry, "rate"> & { rate: string };

export type NewRate = Pick<RateEntry, "currency" | "rate" | "validFrom" | "source">;

export function rateEntryOf(row: RateRow): RateEntry {
  const rate = parseExchangeRate(row.rate);
  if (rate === null) throw new Error(`Exchange rate ${row.id} is ${row.rate}.`);
  return { ...row, rate };
}

/** An entry as it was sent, or what is wrong with it, field by field. */
export function newRateOf(
  sent: { currency: string; rate: string; valid_from: string; source: string },
  programCurrency: string,
): NewRate {
  const errors: FieldProblem[] = [];
  const { currency, valid_from: validFrom, source } = sent;
  const rate = parseExchangeRate(sent.rate);
  if (rate === null)
    errors.push(problem("/rate", "A rate is a decimal above zero with at most ten decimals, such as 83.25."));
  if (currency === programCurrency)
    errors.push(problem("/currency", `This program counts in ${programCurrency} itself.`));
  else if (!Intl.supportedValuesOf("currency").includes(currency))
    errors.push(problem("/currency", `"${currency}" is not a currency in use (ISO 4217).`));
  if (!isDay(validFrom)) errors.push(problem("/valid_from", "There is no such day."));
  if (rate === null || errors.length > 0) throw new Refusal("invalid_exchange_rate", { errors });
  return { currency, rate, validFrom, source };
}

/** The day on which a moment falls for the people of a time zone. */
export function dayIn(timeZone: string, at: Date): string {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-CA", {
      timeZone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    });
    formats.set(timeZone, format);
  }
  return format.format(at);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

function problem(pointer: string, message: string): FieldProblem {
  return { pointer, code: "invalid_value", message };
}
