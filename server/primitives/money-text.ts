import { exponentOf, type Money, POINTS, toDecimal } from "./money.ts";

/** "₹1,000.00", "10 points": an amount as people write it, for sentences. */
export function formatMoney(money: Money): string {
  if (money.currency !== POINTS)
    return formatDecimal(toDecimal(money), money.currency, exponentOf(money.currency));
  return `${toDecimal(money)} ${money.minor === 1n ? "point" : "points"}`;
}

/** An amount before rounding, given in 10^-`digits` of a minor unit: "₹19.9995". */
export function formatUnrounded(units: bigint, digits: number, currency: string): string {
  const places = exponentOf(currency) + digits;
  const text = units.toString().padStart(places + 1, "0");
  return formatDecimal(`${text.slice(0, -places)}.${text.slice(-places)}`, currency, places);
}

const formats = new Map<string, Intl.NumberFormat>();

function formatDecimal(decimal: string, currency: string, digitsMax: number): string {
  // A decimal string is formatted exactly, where a number would lose the last digits of a large sum.
  return formatOf(currency, digitsMax).format(decimal as Intl.StringNumericLiteral);
}

function formatOf(currency: string, digitsMax: number): Intl.NumberFormat {
  const key = `${currency}${digitsMax}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(currency === "INR" ? "en-IN" : "en-US", {
      style: "currency",
      currency,
      minimumFractionDigits: exponentOf(currency),
      maximumFractionDigits: digitsMax,
    });
    formats.set(key, format);
  }
  return format;
}
