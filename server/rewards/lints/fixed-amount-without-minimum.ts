import { formatMoney } from "../../primitives/money-text.ts";
import type { Lint } from "./lint.ts";
import { levelsOf, moneyRules } from "./linted-plan.ts";

export const fixedAmountWithoutMinimum: Lint = {
  code: "fixed_amount_without_minimum",
  title: "A fixed amount for any purchase",
  severity: "advisory",
  check: (plan) =>
    moneyRules(plan).flatMap(({ rule, at }) => {
      if (rule.rule !== "fixed_amount" || rule.on !== "purchase" || rule.when?.amount_above) return [];
      const minor = levelsOf(rule).reduce((sum, { amount }) => sum + BigInt(amount?.amount ?? 0), 0n);
      const paid = formatMoney({ minor, currency: plan.currency });
      return [
        {
          pointer: `${at}/when`,
          message: `“${rule.id}” pays ${paid} in all, also for the smallest purchase there is.`,
          figures: { paid },
          fix: "Add a condition on the amount (amount_above) that leaves enough of the purchase.",
        },
      ];
    }),
};
