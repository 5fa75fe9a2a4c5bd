import type { Money } from "../wire.ts";

export const POINTS = "PTS";
export const CREDIT = "CRD";
const COUPONS = "CPN";

/** Digits after the point where they are not two; from ISO 4217. (The browser's own table differs from it.) */
const NO_DIGITS = "BIF CLP CPN DJF GNF ISK JPY KMF KRW PTS PYG RWF UGX UYI VND VUV XAF XOF XPF".split(" ");
const THREE_DIGITS = "BHD IQD JOD KWD LYD OMR TND".split(" ");

const formats = new Map<string, Intl.NumberFormat>();

/** "₹1,00,000.00", "1,250 points": exact at any size, because it never becomes a fraction in binary. */
export function formatMoney({ amount, currency }: Money): string {
  if (currency === POINTS) return `${formatCount(amount)} ${Math.abs(amount) === 1 ? "point" : "points"}`;
  if (currency === COUPONS) return `${formatCount(amount)} ${Math.abs(amount) === 1 ? "coupon" : "coupons"}`;
  if (currency === CREDIT)
    return `${creditFormat.format(toDecimal({ amount, currency }) as Intl.StringNumericLiteral)} credit`;
  return moneyFormat(currency).format(toDecimal({ amount, currency }) as Intl.StringNumericLiteral);
}

/** Amounts of several currencies beside each other; a dash where there are none. */
export function formatMoneys(amounts: Money[]): string {
  return amounts.length === 0 ? "–" : amounts.map(formatMoney).join(" + ");
}

/** The same with its sign, for movements: "+₹21.00", "−₹21.00". */
export function formatMovement(money: Money): string {
  const text = formatMoney({ ...money, amount: Math.abs(money.amount) });
  return money.amount < 0 ? `−${text}` : `+${text}`;
}

export function exponentOf(currency: string): number {
  if (NO_DIGITS.includes(currency)) return 0;
  return THREE_DIGITS.includes(currency) ? 3 : 2;
}

/** "1234.50" for 123 450 minor units of a currency with two digits. */
export function toDecimal({ amount, currency }: Money): string {
  const exponent = exponentOf(currency);
  const digits = Math.abs(amount)
    .toFixed(0)
    .padStart(exponent + 1, "0");
  const sign = amount < 0 ? "-" : "";
  return exponent === 0 ? sign + digits : `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** Reads what a person typed: "1,234.5" → 123 450 minor units; null when it is no such amount. */
export function parseAmount(text: string, currency: string): number | null {
  const exponent = exponentOf(currency);
  const match = /^(\d{1,13})(?:\.(\d+))?$/.exec(text.trim().replace(/[,\s_]/g, ""));
  const fraction = match?.[2] ?? "";
  if (!match || fraction.length > exponent) return null;
  const minor = Number(`${match[1]}${fraction.padEnd(exponent, "0")}`);
  return minor <= 1e15 ? minor : null;
}

export function formatCount(count: number): string {
  return countFormat.format(count);
}

const locale = globalThis.navigator?.language.startsWith("en") ? navigator.language : "en";
const countFormat = new Intl.NumberFormat(locale);
const creditFormat = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** The same forms as in the sentences of the server, so that an amount looks alike everywhere. */
function moneyFormat(currency: string): Intl.NumberFormat {
  let format = formats.get(currency);
  if (!format) {
    const digits = exponentOf(currency);
    format = new Intl.NumberFormat(currency === "INR" ? "en-IN" : "en-US", {
      style: "currency",
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    formats.set(currency, format);
  }
  return format;
}
