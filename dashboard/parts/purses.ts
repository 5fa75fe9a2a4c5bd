import type { Money, Purses } from "../wire.ts";

/** The purses of a balance in the words of the screens, in the order money moves. */
export const PURSES = [
  { key: "pending", word: "On its way" },
  { key: "available", word: "Available" },
  { key: "held", word: "On hold" },
  { key: "paid", word: "Paid" },
] as const;

export function purseWord(purse: string): string {
  if (purse === "clearing") return "Being paid";
  if (purse === "funding") return "Funding";
  if (purse === "fx") return "Exchange";
  return PURSES.find(({ key }) => key === purse)?.word ?? purse;
}

/** Everything earned and not taken back, wherever it is now. */
export function earnedIn(purses: Purses): Money {
  return {
    amount: purses.pending + purses.available + purses.held + purses.paid,
    currency: purses.currency,
  };
}

/** What to show before anything was earned: zero, in the currency of the program. */
export function orZero(balance: Purses[], currency: string): Purses[] {
  return balance.length > 0 ? balance : [{ currency, pending: 0, available: 0, held: 0, paid: 0 }];
}
