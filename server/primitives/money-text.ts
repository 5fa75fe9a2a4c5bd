import { COUPONS, CREDIT, exponentOf, isMoney, type Money, POINTS, toDecimal } from "./money.ts";

/** "₹1,000.00", "10 points", "5.00 credit", "1 coupon": an amount as people write it, for sentences. */
export function formatMoney(money: Money): string {
  const { currency } = money;
  return isMoney(currency)
    ? formatDecimal(toDecimal(money), currency, exponentOf(currency))
    : `${toDecimal(money)} ${unitWord(currency, money.minor === 1n)}`;
}

/** An amount before rounding, given in 10^-`digits` of a minor unit: "₹19.9995". */
export function formatUnrounded(units: bigint, digits: number, currency: string): string {
  const exponent = exponentOf(currency);
  const places = exponent + digits;
  const text = units.toString().padStart(places + 1, "0");
  const [whole, decimals] = [text.slice(0, -places), text.slice(-places)];
  if (isMoney(currency)) return formatDecimal(`${whole}.${decimals}`, currency, places);
  const shown = decimals.slice(0, exponent) + decimals.slice(exponent).replace(/0+$/, "");
  const number = shown === "" ? whole : `${whole}.${shown}`;
  return `${number} ${unitWord(currency, number === "1")}`;
}

function unitWord(currency: string, isOne: boolean): string {
  switch (currency) {
    case POINTS:
      return isOne ? "point" : "points";
    case COUPONS:
      return isOne ? "coupon" : "coupons";
    case CREDIT:
      return "credit";
    default:
      return currency;
  }
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
      // Intl knows no more than twenty digits.
      maximumFractionDigits: Math.min(digitsMax, 20),
    });
    formats.set(key, format);
  }
  return format;
}
