import type { Lint } from "./lint.ts";
import { type LintedRule, type LintedWhen, levelsOf, paymentOf } from "./linted-plan.ts";

export const overlappingRules: Lint = {
  code: "overlapping_rules",
  title: "Two rules pay the same level together",
  severity: "advisory",
  check(plan) {
    if (plan.composition !== "all") return [];
    return plan.rules.flatMap((rule, index) =>
      plan.rules.slice(0, index).flatMap((other) => {
        const level = commonLevel(rule, other);
        if (level === null || !isAlike(rule, other) || excludeEachOther(rule.when, other.when)) return [];
        return [
          {
            pointer: `/rules/${index}`,
            message: `“${other.id}” and “${rule.id}” both pay level ${level} for the same conversion, one on top of the other.`,
            figures: { rules: `${other.id}, ${rule.id}`, level },
            fix: 'Let only one count ("composition": "best" or "first"), or give them conditions that never hold together.',
          },
        ];
      }),
    );
  },
};

function isAlike(a: LintedRule, b: LintedRule): boolean {
  const isStep = a.rule === "milestone_bonus" || a.rule === "percent_of_reward";
  return !isStep && a.rule === b.rule && a.on === b.on && paymentOf(a) === paymentOf(b);
}

function commonLevel(a: LintedRule, b: LintedRule): number | null {
  const levels = new Set(levelsOf(a).map(({ level }) => level));
  return levelsOf(b).find(({ level }) => levels.has(level))?.level ?? null;
}

function excludeEachOther(a: LintedWhen = {}, b: LintedWhen = {}): boolean {
  const lists = ["countries", "channels", "products", "segments", "tiers"] as const;
  const isApart = lists.some((name) => {
    const [mine, theirs] = [a[name], b[name]];
    return mine !== undefined && theirs !== undefined && !mine.some((one) => theirs.includes(one));
  });
  const endsBefore = (one: LintedWhen, other: LintedWhen) =>
    one.nth?.to !== undefined && (other.nth?.from ?? 1) > one.nth.to;
  return isApart || endsBefore(a, b) || endsBefore(b, a);
}
