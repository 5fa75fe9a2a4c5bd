import { exponentOf, type Money } from "./money.ts";

/** What one unit of a currency is worth in another, in 10^-10: whole, so that no arithmetic on it is inexact. */
export type ExchangeRate = bigint & { readonly exchangeRate: unique symbol };

const DECIMALS = 10;
const ONE = 10n ** BigInt(DECIMALS);
const RATE = /^(\d{1,12})(?:\.(\d{1,10}))?$/;

/** Reads a decimal ("83.25", at most ten decimals, above zero); null when it is none. */
export function parseExchangeRate(text: string): ExchangeRate | null {
  const match = RATE.exec(text);
  if (!match) return null;
  const rate = BigInt(match[1] ?? "0") * ONE + BigInt((match[2] ?? "").padEnd(DECIMALS, "0"));
  return rate > 0n ? (rate as ExchangeRate) : null;
}

/** The shortest decimal of a rate. */
export function formatExchangeRate(rate: ExchangeRate): string {
  const fraction = (rate % ONE).toString().padStart(DECIMALS, "0").replace(/0+$/, "");
  return fraction === "" ? (rate / ONE).toString() : `${rate / ONE}.${fraction}`;
}

/** An amount in the currency a rate leads to. Rounds towards zero. */
export function exchange(money: Money, rate: ExchangeRate, currency: string): Money {
  const numerator = money.minor * rate * unitOf(currency);
  return { minor: numerator / (ONE * unitOf(money.currency)), currency };
}

/** What an amount in the currency a rate leads to is worth in the currency it comes from. Rounds towards zero. */
export function worthIn(money: Money, rate: ExchangeRate, currency: string): Money {
  const numerator = money.minor * ONE * unitOf(currency);
  return { minor: numerator / (rate * unitOf(money.currency)), currency };
}

/** Minor units in one unit. */
function unitOf(currency: string): bigint {
  return 10n ** BigInt(exponentOf(currency));
}
