import type { Lint } from "./lint.ts";

export const tierOrder: Lint = {
  code: "tier_order",
  title: "Tiers that do not rise",
  severity: "blocking",
  check: ({ tiers = [] }) =>
    tiers.flatMap(({ id, at_least: own }, index) => {
      const before = tiers[index - 1];
      if (!before) return [];
      const names = ["qualified", "points"] as const;
      const falls = names.some((name) => (own[name] ?? 0) < (before.at_least[name] ?? 0));
      const rises = names.some((name) => (own[name] ?? 0) > (before.at_least[name] ?? 0));
      if (rises && !falls) return [];
      return [
        {
          pointer: `/tiers/${index}/at_least`,
          message: `Whoever reaches “${before.id}” has reached “${id}” already, which comes after it: nobody ever stands at “${before.id}”.`,
          figures: { tier: id, before: before.id },
          fix: "Order the tiers from the lowest to the highest, each asking for more than the one before.",
        },
      ];
    }),
};
