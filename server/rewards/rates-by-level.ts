import Type, { type Static } from "typebox";
import { type Money, share } from "../primitives/money.ts";
import { formatMoney, formatUnrounded } from "../primitives/money-text.ts";
import { formatPercent, parsePercent, RATE_ONE, type Rate } from "../primitives/rate.ts";
import type { FieldProblem } from "../primitives/refusal.ts";
import { Level, Percent, repeatedLevels } from "./parameter.ts";
import type { BoundRule, RuleContext, RuleFacts } from "./rules/rule.ts";
import { LEVELS_MAX, levelTerms, passLevels, payLevels } from "./upline.ts";
import type { Arithmetic, PassReason } from "./verdict.ts";

/** What the rules have in common that give each level a percentage of something. */
export const RatesByLevel = Type.Object(
  {
    levels: Type.Array(Type.Object({ level: Level, rate: Percent }, { additionalProperties: false }), {
      title: "Levels",
      description: "The share of each level; a level that is left out earns nothing by this rule.",
      minItems: 1,
      maxItems: LEVELS_MAX,
    }),
  },
  { additionalProperties: false },
);

/** What the percentage is of; `whenNone` is the reason to pass where there is nothing to share. */
export type Basis = { word: "profit" | "amount"; of: (facts: RuleFacts) => Money; whenNone: PassReason };

/** The rates of one rule together stay within the whole, so that it can never pay out more than its basis. */
export function rateProblems({ levels }: Static<typeof RatesByLevel>): FieldProblem[] {
  const problems = repeatedLevels(levels);
  const total = totalOf(levels);
  if (total > RATE_ONE) {
    const message = `The rates of all levels add up to ${formatPercent(total)} %, which is more than the whole.`;
    problems.push({ pointer: "/levels", code: "rates_above_whole", message });
  }
  return problems;
}

export function bindRates(
  { levels }: Static<typeof RatesByLevel>,
  { speaker, currency }: RuleContext,
  basis: Basis,
): BoundRule {
  const rates = levelTerms(levels, ({ rate }) => rateOf(rate));
  const numbers = levels.map(({ level }) => level).sort((a, b) => a - b);
  return {
    levels: numbers,
    currency,
    basisShare: totalOf(levels),
    evaluate(facts) {
      const whole = basis.of(facts);
      if (whole.minor <= 0n) return passLevels(speaker, numbers, facts.places, basis.whenNone);
      return payLevels(speaker, rates, facts.places, (rate) => share(whole, rate));
    },
    explain(level, facts) {
      return explainShare(basis.of(facts), rates[level] ?? (0n as Rate), basis.word);
    },
  };
}

function explainShare(whole: Money, rate: Rate, word: string): Arithmetic {
  const exact = whole.minor * rate;
  const paid = formatMoney(share(whole, rate));
  const result =
    exact % RATE_ONE === 0n ? paid : `${formatUnrounded(exact, 6, whole.currency)}, rounded down to ${paid}`;
  return {
    lines: [`${formatPercent(rate)} % of ${formatMoney(whole)} ${word} = ${result}`],
    inputs: {
      basis: word,
      basis_amount: Number(whole.minor),
      currency: whole.currency,
      rate: formatPercent(rate),
    },
  };
}

function totalOf(levels: readonly { rate: string }[]): Rate {
  return levels.reduce((total, { rate }) => total + rateOf(rate), 0n) as Rate;
}

function rateOf(text: string): Rate {
  const rate = parsePercent(text);
  if (rate === null) throw new Error(`The schema let "${text}" through as a percent.`);
  return rate;
}
