import type { Lint } from "./lint.ts";
import { isEnrolment, type LintedPlan, type LintedRule, levelsOf, moneyRules } from "./linted-plan.ts";

export const unlimitedLiability: Lint = {
  code: "unlimited_liability",
  title: "Money without a limit",
  severity: "advisory",
  check: (plan) =>
    moneyRules(plan).flatMap(({ rule, at }) => {
      if (!isFixed(rule) || isCapped(plan, rule) || isLimited(plan, rule)) return [];
      return [
        {
          pointer: at,
          message: `“${rule.id}” pays money that follows from no profit, and nothing limits how much one person can be paid.`,
          figures: { rule: rule.id },
          fix: "Add a cap for each participant, or a limit of direct referrals together with a number of conversions.",
        },
      ];
    }),
};

function isFixed({ rule }: LintedRule): boolean {
  return rule === "fixed_amount" || rule === "milestone_bonus";
}

/** A cap for one conversion limits each of them, and not how many there are. */
function isCapped({ caps = [], currency }: LintedPlan, { id }: LintedRule): boolean {
  return caps.some(
    ({ scope, amount, rules }) =>
      scope !== "conversion" && amount.currency === currency && (rules === undefined || rules.includes(id)),
  );
}

/** So many friends, each of whom counts so many times. */
function isLimited(plan: LintedPlan, rule: LintedRule): boolean {
  const isNear = levelsOf(rule).every(({ level }) => level <= 1);
  const isCounted = rule.when?.nth?.to !== undefined || isEnrolment(plan, rule) || rule.on === "qualified";
  const isList = rule.at !== undefined;
  return isNear && isCounted && (plan.direct_limit !== null || isList);
}
