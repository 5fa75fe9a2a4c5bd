import { COUPONS, CREDIT, isMoney, type Money, POINTS, toDecimal } from "../primitives/money.ts";
import { formatMoney } from "../primitives/money-text.ts";
import type { Language } from "./language.ts";

/** "₹1,00,000.00", "10 points", "10 पॉइंट": an amount as a language writes it. */
export function amountIn(language: Language, money: Money): string {
  switch (language) {
    case "en":
      return formatMoney(money);
    case "hi":
      return isMoney(money.currency)
        ? hindiMoney(money)
        : `${toDecimal(money)} ${HINDI_UNITS[money.currency] ?? money.currency}`;
  }
}

const HINDI_UNITS: Readonly<Record<string, string>> = {
  [POINTS]: "पॉइंट",
  [CREDIT]: "क्रेडिट",
  [COUPONS]: "कूपन",
};

const formats = new Map<string, Intl.NumberFormat>();

function hindiMoney(money: Money): string {
  const { currency } = money;
  const known = formats.get(currency);
  const format = known ?? new Intl.NumberFormat("hi-IN", { style: "currency", currency });
  formats.set(currency, format);
  // A decimal string is formatted exactly, where a number would lose the last digits of a large sum.
  return format.format(toDecimal(money) as Intl.StringNumericLiteral);
}
