import type { Lint } from "./lint.ts";
import { levelsOf, moneyRules } from "./linted-plan.ts";

export const missingDisclosure: Lint = {
  code: "missing_disclosure",
  title: "Nobody is told what people typically earn",
  severity: "advisory",
  check(plan, _promotions, { hasDisclosure }) {
    const levels = moneyRules(plan).flatMap(({ rule }) => levelsOf(rule).map(({ level }) => level));
    const deepest = Math.max(0, ...levels);
    if (hasDisclosure !== false || deepest < 2) return [];
    return [
      {
        pointer: "/rules",
        message: `Money is paid down to level ${deepest}, and advocates are not shown what people typically earn.`,
        figures: { deepest_level: deepest },
        fix: "Publish terms with an income disclosure before the plan.",
      },
    ];
  },
};
