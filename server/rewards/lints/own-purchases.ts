import type { Lint } from "./lint.ts";
import { levelsOf, paymentOf } from "./linted-plan.ts";

export const ownPurchases: Lint = {
  code: "own_purchases",
  title: "A discount for ever",
  severity: "advisory",
  check: (plan) =>
    plan.rules.flatMap((rule, index) => {
      const { nth, within_days: withinDays } = rule.when ?? {};
      if (rule.on !== "purchase" || nth?.to !== undefined || withinDays !== undefined) return [];
      if (paymentOf(rule) === "points" || !levelsOf(rule).some(({ level }) => level === 0)) return [];
      return [
        {
          pointer: `/rules/${index}/levels`,
          message: `“${rule.id}” pays the friend on every purchase of their own, for ever: that is a lasting discount.`,
          figures: { rule: rule.id },
          fix: 'Pay the friend for the first purchase ("nth": {"to": 1}) or for some time ("within_days").',
        },
      ];
    }),
};
