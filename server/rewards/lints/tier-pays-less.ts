import type { Lint } from "./lint.ts";

export const tierPaysLess: Lint = {
  code: "tier_pays_less",
  title: "A higher tier that earns less",
  severity: "advisory",
  check: ({ tiers = [] }) =>
    tiers.flatMap(({ id, multiplier = "100" }, index) => {
      const before = tiers[index - 1];
      const least = before?.multiplier ?? "100";
      if (Number(multiplier) >= Number(least)) return [];
      const what = before === undefined ? "no tier" : `“${before.id}”`;
      return [
        {
          pointer: `/tiers/${index}/multiplier`,
          message: `“${id}” multiplies by ${multiplier} %, less than the ${least} % of ${what}: climbing costs money.`,
          figures: { tier: id, multiplier_percent: multiplier, before_percent: least },
          fix: "Let each tier multiply by as much as the one before it, or more.",
        },
      ];
    }),
};
