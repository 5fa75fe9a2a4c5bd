import type { Lint } from "./lint.ts";
import { paymentOf } from "./linted-plan.ts";

export const unreachableTier: Lint = {
  code: "unreachable_tier",
  title: "A tier nobody can reach",
  severity: "advisory",
  check(plan) {
    const paysPoints = plan.rules.some((rule) => paymentOf(rule) === "points");
    return (plan.tiers ?? []).flatMap(({ id, at_least: { points = 0, qualified = 0 } }, index) => {
      const isBeyond = plan.direct_limit !== null && qualified > plan.direct_limit;
      if (!isBeyond && (points === 0 || paysPoints)) return [];
      const why = isBeyond
        ? `asks for ${qualified} qualified referrals, and nobody may have more than ${plan.direct_limit}`
        : `asks for ${points} points, and no rule of this plan pays any`;
      return [
        {
          pointer: `/tiers/${index}/at_least`,
          message: `“${id}” ${why}.`,
          figures: { tier: id, qualified, points },
          fix: "Ask for something that advocates can have.",
        },
      ];
    });
  },
};
