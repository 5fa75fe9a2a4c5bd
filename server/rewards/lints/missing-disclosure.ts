import type { Lint } from "./lint.ts";
import { levelsOf, moneyRules } from "./linted-plan.ts";

export const missingDisclosure: Lint = {
  code: "missing_disclosure",
  title: "Friends are not told who earns from them",
  severity: "advisory",
  check(plan, _promotions, { hasDisclosure }) {
    const levels = moneyRules(plan).flatMap(({ rule }) => levelsOf(rule).map(({ level }) => level));
    const deepest = Math.max(0, ...levels);
    // What the friend alone gets needs no telling.
    if (hasDisclosure !== false || deepest < 1) return [];
    return [
      {
        pointer: "/rules",
        message: `Money is paid up to level ${deepest}, and links lead to a page of yours: nothing here tells friends that somebody earns from them.`,
        figures: { deepest_level: deepest },
        fix: "Write the program's own disclosure; share texts carry it. The hosted sign-up page has a sentence of ours.",
      },
    ];
  },
};
