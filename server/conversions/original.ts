import { exchange } from "../primitives/exchange.ts";
import { AMOUNT_MINOR_MAX, type Money } from "../primitives/money.ts";
import { Refusal } from "../primitives/refusal.ts";
import type { RateEntry } from "../programs/exchange-rate.ts";
import type { ConversionReport, ConversionRow } from "./conversion.ts";

/** A purchase in another currency than the program's, as it was reported. */
export type Original = Pick<
  ConversionRow,
  "originalCurrency" | "originalAmountMinor" | "originalProfitMinor" | "rateId"
>;

/** What was reported in the program's own currency. */
const NO_ORIGINAL: Original = {
  originalCurrency: null,
  originalAmountMinor: null,
  originalProfitMinor: null,
  rateId: null,
};

/** The currency a report is in: the amount's, or the profit's where there is no amount. */
export function currencyOf({ amount, profit }: Pick<ConversionReport, "amount" | "profit">): string | null {
  return amount?.currency ?? profit?.currency ?? null;
}

/** The report in the program's currency, and what it was; or why that cannot be told. */
export function exchangeReport(
  report: ConversionReport,
  currency: string,
  rate: RateEntry | null,
): { report: ConversionReport; original: Original } | Refusal {
  const from = currencyOf(report);
  if (from === null || from === currency) return { report, original: NO_ORIGINAL };
  if (rate === null) return refused("no_exchange_rate", { currency: from });
  const inProgram = (money: Money | null) => money && exchange(money, rate.rate, currency);
  const amount = inProgram(report.amount);
  if ((amount?.minor ?? 0n) > AMOUNT_MINOR_MAX) return refused("amount_too_large", { currency });
  return {
    report: { ...report, amount, profit: inProgram(report.profit) },
    original: {
      originalCurrency: from,
      originalAmountMinor: report.amount?.minor ?? 0n,
      originalProfitMinor: report.profit?.minor ?? null,
      rateId: rate.id,
    },
  };
}

/** What was paid, in the currency it was paid in. */
export function paidOf(conversion: ConversionRow): Money {
  const { originalCurrency, originalAmountMinor, amountMinor, currency } = conversion;
  return originalCurrency === null
    ? { minor: amountMinor, currency }
    : { minor: originalAmountMinor ?? 0n, currency: originalCurrency };
}

function refused(code: string, facts: Record<string, string>): Refusal {
  const message =
    code === "no_exchange_rate"
      ? `There is no exchange rate for ${facts["currency"]} on that day or before it.`
      : "Exchanged, this is more than an amount can be.";
  return new Refusal(code, { facts, errors: [{ pointer: "/amount/currency", code, message }] });
}
