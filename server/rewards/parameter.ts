import Type from "typebox";
import { AMOUNT_MINOR_MAX } from "../primitives/money.ts";
import type { FieldProblem } from "../primitives/refusal.ts";
import { LEVELS_MAX } from "./upline.ts";

/** The pieces rule and condition schemas are made of. Titles and descriptions become the editor's form. */

export const Level = Type.Integer({
  title: "Level",
  description: "Distance in the network: 1 is the direct advocate.",
  minimum: 1,
  maximum: LEVELS_MAX,
});

export const Percent = Type.String({
  title: "Percent",
  description: 'A percent from 0 to 100 as decimal text with at most four decimals, such as "12.5".',
  pattern: "^(?:100(?:\\.0{1,4})?|\\d{1,2}(?:\\.\\d{1,4})?)$",
});

export const Currency = Type.String({
  title: "Currency",
  description: 'A currency code of three capital letters, such as "INR".',
  pattern: "^[A-Z]{3}$",
});

export const PlanMoney = Type.Object(
  {
    amount: Type.Integer({
      title: "Amount",
      description: "Minor units of the currency, such as paise or cents.",
      minimum: 0,
      maximum: Number(AMOUNT_MINOR_MAX),
    }),
    currency: Currency,
  },
  {
    title: "Amount of money",
    description: "An amount in minor units and its currency.",
    additionalProperties: false,
  },
);

/** Each level has one rate; a second entry for it would leave open which one holds. */
export function repeatedLevels(levels: readonly { level: number }[]): FieldProblem[] {
  const seen = new Set<number>();
  const problems: FieldProblem[] = [];
  levels.forEach(({ level }, index) => {
    if (seen.has(level)) {
      const message = `Level ${level} appears twice; each level may appear once.`;
      problems.push({ pointer: `/levels/${index}/level`, code: "repeated_level", message });
    }
    seen.add(level);
  });
  return problems;
}

export function foreignCurrency(pointer: string, currency: string, expected: string): FieldProblem[] {
  if (currency === expected) return [];
  const message = `The plan is in ${expected}; an amount in ${currency} does not fit.`;
  return [{ pointer: `${pointer}/currency`, code: "wrong_currency", message }];
}
