import type { Money } from "../primitives/money.ts";
import { formatMoney } from "../primitives/money-text.ts";
import type { BoundRule, RuleContext } from "./rules/rule.ts";
import { type LevelTerms, payLevels } from "./upline.ts";

/** What the rules have in common that give each level the same amount every time. */
export function bindAmounts(
  amounts: LevelTerms<Money>,
  { speaker }: RuleContext,
  currency: string,
): BoundRule {
  return {
    levels: amounts.flatMap((amount, level) => (amount === undefined ? [] : [level])),
    currency,
    basisShare: 0n,
    evaluate: (facts) => payLevels(speaker, amounts, facts.places, (amount) => amount),
    explain(level) {
      const amount = amounts[level] ?? { minor: 0n, currency };
      return {
        lines: [`Level ${level} earns ${formatMoney(amount)} each time`],
        inputs: { basis: "nothing", fixed_amount: Number(amount.minor), currency },
      };
    },
  };
}
