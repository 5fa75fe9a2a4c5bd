import { RATE_ONE, type Rate } from "./rate.ts";

/** An amount in minor units of a currency (paise, cents, yen). Points, credit and coupons are currencies of their own. */
export type Money = { minor: bigint; currency: string };

/** The same amount on the wire: a whole JSON number of minor units. */
export type WireMoney = { amount: number; currency: string };

/** Beyond this an amount is refused: it keeps every wire number exact (below 2^53) and every sum in 64 bits. */
export const AMOUNT_MINOR_MAX = 1_000_000_000_000_000n;

export const POINTS = "PTS";
/** What can be spent with the program and never be paid out, in hundredths. */
export const CREDIT = "CRD";
/** One unit is one coupon; what it is worth is said by the coupon. */
export const COUPONS = "CPN";

/** What a program makes itself; everything else is money. */
export function isMoney(currency: string): boolean {
  return currency !== POINTS && currency !== CREDIT && currency !== COUPONS;
}

/** Digits after the decimal point where they are not two; from ISO 4217. */
export const CURRENCY_DIGITS: Readonly<Record<string, number>> = {
  BHD: 3,
  BIF: 0,
  CLP: 0,
  CPN: 0,
  DJF: 0,
  GNF: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PTS: 0,
  PYG: 0,
  RWF: 0,
  TND: 3,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
};

export function exponentOf(currency: string): number {
  return CURRENCY_DIGITS[currency] ?? 2;
}

/** Rounds down: a program never owes more than the rate it announced. */
export function share(basis: Money, rate: Rate): Money {
  return { ...basis, minor: (basis.minor * rate) / RATE_ONE };
}

export function toWire(money: Money): WireMoney {
  return { amount: Number(money.minor), currency: money.currency };
}

export function fromWire(wire: WireMoney): Money {
  return { minor: BigInt(wire.amount), currency: wire.currency };
}

/** "1234.50" for 123 450 minor units of a currency with two digits; no grouping, no symbol. */
export function toDecimal(money: Money): string {
  const exponent = exponentOf(money.currency);
  const sign = money.minor < 0n ? "-" : "";
  const digits = (money.minor < 0n ? -money.minor : money.minor).toString().padStart(exponent + 1, "0");
  return exponent === 0 ? sign + digits : `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}
