import { exponentOf, type WireMoney } from "../../primitives/money.ts";

/** A plan to start from, written for the currency of the program. */
export type PlanTemplate = {
  name: string;
  title: string;
  description: string;
  /** A plan document like any other: `parsePlan` reads it. */
  document(currency: string): unknown;
};

/** Whole units of a currency, rupees or yen, as money. */
export function wholeUnits(units: number, currency: string): WireMoney {
  return { amount: units * 10 ** exponentOf(currency), currency };
}
