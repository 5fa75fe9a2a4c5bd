import { formatPercent } from "../primitives/rate.ts";
import { lints } from "./lints/index.ts";
import type { Finding, Lint, LintContext } from "./lints/lint.ts";
import { type LintedPromotion, lintedPlan } from "./lints/linted-plan.ts";
import { type Share, shareText, type WorstCase, worstCase } from "./worst-case.ts";

export type PlanFinding = Finding & Pick<Lint, "code" | "title" | "severity">;

export type PlanLint = { findings: PlanFinding[]; worstCase: WorstCase; sentence: string };

/** Everything the shelf of lints has to say about a plan. */
export function lintPlan(
  document: object,
  promotions: readonly LintedPromotion[],
  context: LintContext,
): PlanLint {
  const plan = lintedPlan(document);
  const findings = lints.flatMap(({ code, title, severity, check }) =>
    check(plan, promotions, context).map((finding) => ({ code, title, severity, ...finding })),
  );
  const worst = worstCase(plan, promotions, context.defaultMargin);
  return { findings, worstCase: worst, sentence: worstSentence(worst, context) };
}

function worstSentence({ total, levels }: WorstCase, { defaultMargin }: LintContext): string {
  if (levels.length === 0) return "This plan pays no money for purchases.";
  const margin = formatPercent(defaultMargin);
  return `At worst one purchase costs ${inWords(total.atFullMargin)} where all of it is profit, and ${inWords(total.atDefaultMargin)} at the program's margin of ${margin} %.`;
}

function inWords(share: Share): string {
  return share === null ? "more than any share of it" : `${shareText(share)} % of it`;
}
