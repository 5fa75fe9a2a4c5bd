import type { Lint } from "./lint.ts";
import { moneyRules } from "./linted-plan.ts";

export const buyToQualify: Lint = {
  code: "buy_to_qualify",
  title: "Only those who buy may earn",
  severity: "advisory",
  check({ activity, ...plan }) {
    const isPurchaseOnly = activity?.by.length === 1 && activity.by[0] === "purchase";
    if (!isPurchaseOnly || moneyRules(plan).length === 0) return [];
    const days = activity.within_days;
    return [
      {
        pointer: "/activity/by",
        message: `An advocate must have bought something within ${days} days to be paid: people may buy only to keep earning.`,
        figures: { within_days: days },
        fix: 'Let a sign-in count as activity too ("by": ["purchase", "sign_in"]).',
      },
    ];
  },
};
