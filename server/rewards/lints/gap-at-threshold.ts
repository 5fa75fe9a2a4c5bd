import { fromWire, type WireMoney } from "../../primitives/money.ts";
import { formatMoney } from "../../primitives/money-text.ts";
import type { Finding, Lint } from "./lint.ts";
import { type LintedPlan, type LintedRule, levelsOf, paymentOf } from "./linted-plan.ts";

export const gapAtThreshold: Lint = {
  code: "gap_at_threshold",
  title: "A gap between the steps of rules",
  severity: "advisory",
  check: (plan) => [...amountGaps(plan), ...numberGaps(plan)],
};

/** Steps by amount that begin above zero: two thresholds or more, and no rule for what lies below the lowest. */
function amountGaps(plan: LintedPlan): Finding[] {
  return steps(plan).flatMap((rules) => {
    const thresholds = rules.flatMap(({ when }) => (when?.amount_above ? [when.amount_above] : []));
    const different = new Set(thresholds.map(({ amount }) => amount));
    if (different.size < 2 || thresholds.length < rules.length) return [];
    const lowest = thresholds.reduce((least, one) => (one.amount < least.amount ? one : least));
    return [amountGap(plan, rules, lowest)];
  });
}

function amountGap(plan: LintedPlan, rules: readonly LintedRule[], lowest: WireMoney): Finding {
  const text = formatMoney(fromWire(lowest));
  const first = plan.rules.findIndex((rule) => rules.includes(rule));
  return {
    pointer: `/rules/${first}/when/amount_above`,
    message: `The steps begin above ${text}: a purchase of exactly ${text}, and every smaller one, earns nothing.`,
    figures: { lowest_threshold: text },
    fix: "Add a rule without a threshold for the lowest step, or say that small purchases earn nothing.",
  };
}

/** Steps by number that leave one out: the first purchase, then from the third on. */
function numberGaps(plan: LintedPlan): Finding[] {
  return steps(plan).flatMap((rules) => {
    const ranges = rules.flatMap(({ when }) => (when?.nth ? [when.nth] : []));
    if (ranges.length < 2 || ranges.length < rules.length) return [];
    const sorted = [...ranges].sort((a, b) => (a.from ?? 1) - (b.from ?? 1));
    let next = 1;
    for (const { from = 1, to } of sorted) {
      if (from > next) return [numberGap(plan, rules, next)];
      next = to === undefined ? Number.POSITIVE_INFINITY : Math.max(next, to + 1);
    }
    return [];
  });
}

function numberGap(plan: LintedPlan, rules: readonly LintedRule[], missing: number): Finding {
  const first = plan.rules.findIndex((rule) => rules.includes(rule));
  return {
    pointer: `/rules/${first}/when/nth`,
    message: `Number ${missing} lies between the steps and earns nothing.`,
    figures: { missing },
    fix: "Let one step begin where the one before it ends.",
  };
}

/** Rules of one kind, on the same thing, that pay a level in common. */
function steps(plan: LintedPlan): LintedRule[][] {
  const groups = new Map<string, LintedRule[]>();
  for (const rule of plan.rules)
    for (const { level } of levelsOf(rule)) {
      const key = `${rule.rule} ${rule.on} ${paymentOf(rule)} ${level}`;
      groups.set(key, [...(groups.get(key) ?? []), rule]);
    }
  const seen = new Set<string>();
  return [...groups.values()].filter((rules) => {
    const key = rules.map(({ id }) => id).join(" ");
    return rules.length > 1 && !seen.has(key) && seen.add(key);
  });
}
