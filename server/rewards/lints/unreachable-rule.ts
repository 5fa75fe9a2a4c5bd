import type { Finding, Lint } from "./lint.ts";
import { type LintedPlan, type LintedRule, type LintedWhen, levelsOf, paymentOf } from "./linted-plan.ts";

export const unreachableRule: Lint = {
  code: "unreachable_rule",
  title: "A rule that never pays",
  severity: "blocking",
  check: (plan) =>
    plan.rules.flatMap((rule, index) => {
      const why = paysNothing(rule) ?? neverTrue(plan, rule) ?? shadowedBy(plan, index);
      return why === null ? [] : [finding(rule, `/rules/${index}`, why)];
    }),
};

type Why = { because: string; fix: string };

function finding({ id }: LintedRule, pointer: string, { because, fix }: Why): Finding {
  return { pointer, message: `“${id}” never pays: ${because}.`, figures: { rule: id }, fix };
}

function paysNothing(rule: LintedRule): Why | null {
  const levels = levelsOf(rule);
  const isZero = (rate: string) => /^0+(\.0+)?$/.test(rate);
  const isNothing = levels.every(
    ({ rate, by_tier: byTier = {} }) => rate !== undefined && [rate, ...Object.values(byTier)].every(isZero),
  );
  if (levels.length === 0 || !isNothing) return null;
  return { because: "each of its rates is 0 %", fix: "Give it a rate, or take it out." };
}

/** Conditions that no conversion of the rule's kind can meet. */
function neverTrue(plan: LintedPlan, { on, when = {} }: LintedRule): Why | null {
  const kind = on === "qualified" ? plan.qualifies?.on : on;
  const isSignup = kind === "signup" || kind === "verified";
  const fix = "Take the condition out, or let the rule answer to purchases.";
  if (isSignup && when.amount_above) return { because: "a sign-up has no amount", fix };
  if (isSignup && when.products) return { because: "a sign-up is of no product", fix };
  if (isSignup && (when.nth?.from ?? 1) > 1)
    return { because: "everybody signs up once", fix: "Take the number out of its conditions." };
  return null;
}

/** Under `first` an earlier rule that pays the same levels whenever this one could. */
function shadowedBy(plan: LintedPlan, index: number): Why | null {
  const rule = plan.rules[index];
  if (plan.composition !== "first" || !rule || isAddition(rule)) return null;
  const earlier = plan.rules
    .slice(0, index)
    .find(
      (other) =>
        !isAddition(other) &&
        other.on === rule.on &&
        other.rule === rule.rule &&
        paymentOf(other) === paymentOf(rule) &&
        levelsOf(rule).every(({ level }) => levelsOf(other).some((one) => one.level === level)) &&
        isWider(other.when ?? {}, rule.when ?? {}),
    );
  if (!earlier) return null;
  return {
    because: `“${earlier.id}” comes first and grants whenever it could`,
    fix: `Move it before “${earlier.id}”, or narrow the conditions of that rule.`,
  };
}

function isAddition(rule: LintedRule): boolean {
  return rule.on === "qualified" || rule.rule === "percent_of_reward";
}

/** Whether the first conditions hold wherever the second do. */
function isWider(wide: LintedWhen, narrow: LintedWhen): boolean {
  const isAtLeast = (a: number | undefined, b: number | undefined) =>
    a === undefined || (b !== undefined && a <= b);
  const isAtMost = (a: number | undefined, b: number | undefined) =>
    a === undefined || (b !== undefined && a >= b);
  const holds = (a: readonly string[] | undefined, b: readonly string[] | undefined) =>
    a === undefined || (b?.every((one) => a.includes(one)) ?? false);
  return (
    isAtLeast(wide.amount_above?.amount, narrow.amount_above?.amount) &&
    isAtLeast(wide.nth?.from, narrow.nth?.from ?? 1) &&
    isAtMost(wide.nth?.to, narrow.nth?.to) &&
    isAtMost(wide.within_days, narrow.within_days) &&
    holds(wide.countries, narrow.countries) &&
    holds(wide.channels, narrow.channels) &&
    holds(wide.products, narrow.products) &&
    holds(wide.segments, narrow.segments) &&
    holds(wide.tiers, narrow.tiers) &&
    (wide.active === undefined || narrow.active === true)
  );
}
