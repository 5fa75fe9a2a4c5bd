import type { Lint } from "./lint.ts";
import { type LintedPlan, type LintedPromotion, moneyRules } from "./linted-plan.ts";

export const promotionWithoutBudget: Lint = {
  code: "promotion_without_budget",
  title: "A promotion without a budget",
  severity: "advisory",
  check: (plan, promotions) =>
    promotions.flatMap((promotion) => {
      if (promotion.budget || !addsMoney(plan, promotion)) return [];
      return [
        {
          pointer: "",
          message: `The promotion “${promotion.name}” adds money to this plan until ${promotion.ends_at}, however much it becomes.`,
          figures: { promotion: promotion.id, ends_at: promotion.ends_at },
          fix: "Give the promotion a budget.",
        },
      ];
    }),
};

function addsMoney(plan: LintedPlan, { rules, multiplier, add }: LintedPromotion): boolean {
  const isFor = moneyRules(plan).some(({ rule }) => rules === undefined || rules.includes(rule.id));
  const isMore = multiplier !== undefined && Number(multiplier) > 100;
  return isFor && (isMore || add?.currency === plan.currency);
}
