import type { Lint } from "./lint.ts";
import { levelsOf, ruleById } from "./linted-plan.ts";

export const rewardShareDepth: Lint = {
  code: "reward_share_depth",
  title: "A share of a reward that is never granted",
  severity: "blocking",
  check: (plan) =>
    plan.rules.flatMap((rule, index) => {
      const source = rule.of === undefined ? undefined : ruleById(plan, rule.of);
      if (!source) return [];
      const paid = new Set(levelsOf(source).map(({ level }) => level));
      const lost = levelsOf(rule).flatMap(({ level }) => (paid.has(level - 1) ? [] : [level]));
      if (lost.length === 0) return [];
      return [
        {
          pointer: `/rules/${index}/levels`,
          message: `“${rule.id}” never pays level ${lost.join(", ")}: “${source.id}” grants nothing one level below.`,
          figures: { rule: rule.id, levels: lost.join(", ") },
          fix: `End it one level above the deepest level of “${source.id}”.`,
        },
      ];
    }),
};
