import type { Lint } from "./lint.ts";
import { isWithoutPurchase, levelsOf, moneyRules } from "./linted-plan.ts";

const LEVEL_MAX = 1;

export const moneyBelowLevelOneWithoutPurchase: Lint = {
  code: "money_below_level_one_without_purchase",
  title: "Money through several levels without a purchase",
  severity: "blocking",
  check: (plan) =>
    moneyRules(plan).flatMap(({ rule, at }) => {
      if (!isWithoutPurchase(plan, rule)) return [];
      const deepest = Math.max(0, ...levelsOf(rule).map(({ level }) => level));
      if (deepest <= LEVEL_MAX) return [];
      return [
        {
          pointer: `${at}/levels`,
          message: `“${rule.id}” pays money down to level ${deepest} on “${rule.on}”, which is no purchase: that is paying for recruiting.`,
          figures: { rule: rule.id, deepest_level: deepest },
          fix: "Pay levels beyond the first on purchases only; points may go to any level.",
        },
      ];
    }),
};
