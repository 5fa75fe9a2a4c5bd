import type { Lint } from "./lint.ts";
import { isWithoutPurchase, paymentOf } from "./linted-plan.ts";

export const missingHold: Lint = {
  code: "missing_hold",
  title: "Paid before a refund can come",
  severity: "advisory",
  check(plan) {
    const atRisk = plan.rules.filter(
      (rule) =>
        paymentOf(rule) !== "points" && paymentOf(rule) !== "coupons" && !isWithoutPurchase(plan, rule),
    );
    if (plan.hold_days > 0 || atRisk.length === 0) return [];
    return [
      {
        pointer: "/hold_days",
        message: "Rewards for purchases are available at once, while the purchase can still be refunded.",
        figures: { hold_days: 0, rules: atRisk.map(({ id }) => id).join(", ") },
        fix: "Hold them as long as purchases can be given back, such as 14 or 30 days.",
      },
    ];
  },
};
