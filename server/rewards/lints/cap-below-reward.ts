import { fromWire } from "../../primitives/money.ts";
import { formatMoney } from "../../primitives/money-text.ts";
import type { Lint } from "./lint.ts";
import { type LintedCap, type LintedPlan, levelsOf, paymentOf } from "./linted-plan.ts";

export const capBelowReward: Lint = {
  code: "cap_below_reward",
  title: "A cap below a single reward",
  severity: "advisory",
  check: (plan) =>
    (plan.caps ?? []).flatMap((cap, index) => {
      const largest = largestReward(plan, cap);
      if (largest <= BigInt(cap.amount.amount)) return [];
      const limit = formatMoney(fromWire(cap.amount));
      const single = formatMoney({ minor: largest, currency: cap.amount.currency });
      return [
        {
          pointer: `/caps/${index}/amount`,
          message: `“${cap.id}” ends at ${limit}, below a single reward of ${single}: nobody ever gets that reward whole.`,
          figures: { cap: limit, single_reward: single },
          fix: "Raise the cap, or lower the reward.",
        },
      ];
    }),
};

/** The largest that is the same every time; a percentage depends on the purchase. */
function largestReward(plan: LintedPlan, { rules, amount: { currency } }: LintedCap): bigint {
  const amounts = plan.rules
    .filter(({ id }) => rules === undefined || rules.includes(id))
    .flatMap((rule) =>
      levelsOf(rule).flatMap(({ amount, points }) => {
        if (paymentOf(rule) === "points" && points !== undefined)
          return currency === "PTS" ? [BigInt(points)] : [];
        return amount?.currency === currency ? [BigInt(amount.amount)] : [];
      }),
    );
  return amounts.reduce((most, one) => (one > most ? one : most), 0n);
}
