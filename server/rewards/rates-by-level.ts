import Type, { type Static } from "typebox";
import type { Money } from "../primitives/money.ts";
import { formatMoney, formatUnrounded } from "../primitives/money-text.ts";
import { formatPercent, parsePercent, RATE_ONE, type Rate } from "../primitives/rate.ts";
import type { FieldProblem } from "../primitives/refusal.ts";
import { LevelOrFriend, Percent, repeatedLevels, ShortId } from "./parameter.ts";
import type { BoundRule, RuleContext, RuleFacts } from "./rules/rule.ts";
import { unknownTiers } from "./tier.ts";
import { LEVELS_MAX, levelTerms, passLevels, payLevels } from "./upline.ts";
import type { Arithmetic, PassReason } from "./verdict.ts";

const ByTier = Type.Record(ShortId, Percent, {
  title: "Rate by tier",
  description: "For a holder of exactly this tier, instead of the rate.",
});

/** What the rules have in common that give each level a percentage of something. */
export const RatesByLevel = Type.Object(
  {
    levels: Type.Array(
      Type.Object(
        { level: LevelOrFriend, rate: Percent, by_tier: Type.Optional(ByTier) },
        { additionalProperties: false },
      ),
      {
        title: "Levels",
        description: "The share of each level; a level that is left out earns nothing by this rule.",
        minItems: 1,
        maxItems: LEVELS_MAX + 1,
      },
    ),
  },
  { additionalProperties: false },
);
type RatesByLevel = Static<typeof RatesByLevel>;

/** What the percentage is of; `whenNone` is the reason to pass where there is nothing to share. */
export type Basis = { word: "profit" | "amount"; of: (facts: RuleFacts) => Money; whenNone: PassReason };

type Term = { rate: Rate; byTier: ReadonlyMap<string, Rate> };

/** The rates of one rule together stay within the whole, so that it can never pay out more than its basis. */
export function rateProblems({ levels }: RatesByLevel, { on, isTier }: RuleContext): FieldProblem[] {
  const problems = repeatedLevels(levels);
  const total = largestShare(levels);
  if (total > RATE_ONE) {
    const message = `The rates of all levels add up to ${formatPercent(total)} %, which is more than the whole.`;
    problems.push({ pointer: "/levels", code: "rates_above_whole", message });
  }
  if (on === "qualified") {
    const message = "A share needs a kind of conversion of its own; a bonus or points can be for qualifying.";
    problems.push({ pointer: "/on", code: "no_basis", message });
  }
  levels.forEach(({ by_tier = {} }, index) => {
    problems.push(...unknownTiers(Object.keys(by_tier), isTier, `/levels/${index}/by_tier`));
  });
  return problems;
}

export function bindRates(
  { levels }: RatesByLevel,
  { speaker, currency }: RuleContext,
  basis: Basis,
): Omit<BoundRule, "rewardKind"> {
  const terms = levelTerms(levels, ({ rate, by_tier = {} }): Term => {
    return {
      rate: rateOf(rate),
      byTier: new Map(Object.entries(by_tier).map(([id, own]) => [id, rateOf(own)])),
    };
  });
  const numbers = levels.map(({ level }) => level).sort((a, b) => a - b);
  return {
    levels: numbers,
    currency,
    basisShare: largestShare(levels),
    evaluate(facts) {
      const whole = basis.of(facts);
      if (whole.minor <= 0n) return passLevels(speaker, numbers, facts.places, basis.whenNone);
      return payLevels(
        speaker,
        terms,
        facts.places,
        currency,
        (term, level) => whole.minor * rateAt(term, level, facts),
      );
    },
    explain(level, facts) {
      const term = terms[level];
      const rate = term === undefined ? (0n as Rate) : rateAt(term, level, facts);
      return explainShare(basis.of(facts), rate, basis.word);
    },
  };
}

function rateAt({ rate, byTier }: Term, level: number, facts: RuleFacts): Rate {
  if (byTier.size === 0) return rate;
  return byTier.get(facts.tierAt(level) ?? "") ?? rate;
}

/** "5 % of ₹400.00 profit = ₹20.00", not rounded. */
export function explainShare(whole: Money, rate: Rate, word: string): Arithmetic {
  const exact = whole.minor * rate;
  const result = formatUnrounded(exact, 6, whole.currency);
  return {
    lines: [`${formatPercent(rate)} % of ${formatMoney(whole)} ${word} = ${result}`],
    exact,
    inputs: {
      basis: word,
      basis_amount: Number(whole.minor),
      currency: whole.currency,
      rate: formatPercent(rate),
    },
  };
}

/** With everyone of the tier that pays them most. */
function largestShare(levels: RatesByLevel["levels"]): Rate {
  return levels.reduce((total, { rate, by_tier = {} }) => {
    const rates = [rate, ...Object.values(by_tier)].map(rateOf);
    return total + rates.reduce((most, one) => (one > most ? one : most));
  }, 0n) as Rate;
}

export function rateOf(text: string): Rate {
  const rate = parsePercent(text);
  if (rate === null) throw new Error(`The schema let "${text}" through as a percent.`);
  return rate;
}
