import Type from "typebox";
import { AMOUNT_MINOR_MAX, isMoney } from "../primitives/money.ts";
import type { FieldProblem } from "../primitives/refusal.ts";
import { LEVELS_MAX } from "./upline.ts";

/** The pieces rule and condition schemas are made of. Titles and descriptions become the editor's form. */

/** Level 0 is the friend who buys. */
export const LevelOrFriend = Type.Integer({
  title: "Level",
  description: "Distance in the network: 0 is the friend who buys, 1 is the direct advocate.",
  minimum: 0,
  maximum: LEVELS_MAX,
});

/** The kinds of conversion that are ours, or a name the operator's product sends. */
export const Trigger = Type.String({
  title: "On",
  description:
    'A kind of conversion: "purchase", "signup", a name of your own such as "trial_started", or "qualified" for the one that makes a referral qualified.',
  pattern: "^[a-z][a-z0-9_.]{0,63}$",
});

/** What rules, tiers and caps are called inside a plan. */
export const ShortId = Type.String({
  title: "Id",
  description: 'A short name in lower case, such as "level-share"; the explanation of a reward shows it.',
  pattern: "^[a-z][a-z0-9_-]{0,63}$",
});

export const Multiplier = Type.String({
  title: "Multiplier",
  description: 'A percent as decimal text with at most four decimals, such as "120" for a fifth more.',
  pattern: "^\\d{1,3}(?:\\.\\d{1,4})?$|^1000$",
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

/** Each name once; `pointer` leads to the one that comes again. */
export function repeatedIds(entries: readonly { id: string }[], at: string, what: string): FieldProblem[] {
  const seen = new Set<string>();
  return entries.flatMap(({ id }, index) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    const message = `Another ${what} is already called "${id}".`;
    return [{ pointer: `${at}/${index}/id`, code: "repeated_id", message }];
  });
}

/** Money in the plan's currency, or what a program makes itself. */
export function strangeCurrency(pointer: string, currency: string, expected: string): FieldProblem[] {
  return isMoney(currency) ? foreignCurrency(pointer, currency, expected) : [];
}

export function tooSmall(pointer: string, amount: number): FieldProblem[] {
  return amount > 0 ? [] : [{ pointer, code: "too_small", message: "Must be at least 1." }];
}
