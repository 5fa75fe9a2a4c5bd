import type { Money } from "../primitives/money.ts";
import { formatMoney } from "../primitives/money-text.ts";
import { RATE_ONE } from "../primitives/rate.ts";
import type { BoundRule, RuleContext } from "./rules/rule.ts";
import { type LevelTerms, payLevels } from "./upline.ts";

/** What the rules have in common that give each level the same amount every time. */
export function bindAmounts(
  amounts: LevelTerms<Money>,
  { speaker }: RuleContext,
  currency: string,
): Omit<BoundRule, "rewardKind"> {
  return {
    levels: amounts.flatMap((amount, level) => (amount === undefined ? [] : [level])),
    currency,
    basisShare: 0n,
    evaluate: (facts) =>
      payLevels(speaker, amounts, facts.places, currency, (amount) => amount.minor * RATE_ONE),
    explain(level) {
      const amount = amounts[level] ?? { minor: 0n, currency };
      return {
        lines: [`${earner(level)} ${formatMoney(amount)} each time`],
        exact: amount.minor * RATE_ONE,
        inputs: { basis: "nothing", fixed_amount: Number(amount.minor), currency },
      };
    },
  };
}

/** "Level 2 earns", "The friend gets". */
function earner(level: number): string {
  return level === 0 ? "The friend gets" : `Level ${level} earns`;
}
