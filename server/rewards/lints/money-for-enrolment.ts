import type { Lint } from "./lint.ts";
import { isEnrolment, levelsOf, moneyRules } from "./linted-plan.ts";

export const moneyForEnrolment: Lint = {
  code: "money_for_enrolment",
  title: "Money for enrolling people",
  severity: "advisory",
  check: (plan) =>
    moneyRules(plan).flatMap(({ rule, at }) => {
      if (!isEnrolment(plan, rule) || !levelsOf(rule).some(({ level }) => level >= 1)) return [];
      return [
        {
          pointer: at,
          message: `“${rule.id}” pays money for a sign-up, before anybody has bought anything.`,
          figures: { rule: rule.id },
          fix: "Pay points for sign-ups and money for purchases, or add a cap and watch for made-up people.",
        },
      ];
    }),
};
