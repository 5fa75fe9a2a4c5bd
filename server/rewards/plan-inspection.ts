import { formatPercent, type Rate } from "../primitives/rate.ts";
import type { FieldProblem } from "../primitives/refusal.ts";
import type { LintAnswer } from "./contract/plans.ts";
import { type ExampleResult, runExamples } from "./example.ts";
import type { LintContext } from "./lints/lint.ts";
import type { LintedPromotion } from "./lints/linted-plan.ts";
import { parsePlan, planHash } from "./plan.ts";
import { checkDocument } from "./plan-document.ts";
import { lintPlan, type PlanFinding, type PlanLint } from "./plan-lint.ts";
import type { AcknowledgementRow } from "./store/plans.ts";
import { type Share, shareText } from "./worst-case.ts";

/** Everything that is looked at before a plan is published; with problems it is no plan yet, and nothing else is. */
export type PlanInspection =
  | { hash: null; problems: FieldProblem[] }
  | {
      hash: string;
      problems: [];
      examples: ExampleResult[];
      lint: PlanLint;
      defaultMargin: Rate;
      acknowledgements: AcknowledgementRow[];
    };

/** Looks at a document as a program's next plan: its schema, its examples, and the shelf of lints. */
export function inspectPlan(
  document: unknown,
  promotions: readonly LintedPromotion[],
  context: LintContext,
): PlanInspection {
  const checked = checkDocument(document);
  if (checked.document === null) return { hash: null, problems: checked.problems };
  if (checked.document.currency !== context.currency) {
    const message = `The program counts in ${context.currency}.`;
    return { hash: null, problems: [{ pointer: "/currency", code: "wrong_currency", message }] };
  }
  const plan = parsePlan(checked.document);
  return {
    hash: planHash(plan),
    problems: [],
    examples: runExamples(plan, context.defaultMargin),
    lint: lintPlan(plan.document, promotions, context),
    defaultMargin: context.defaultMargin,
    acknowledgements: [],
  };
}

/** The findings that keep a plan from being published: what blocks, and what nobody has acknowledged. */
export function openFindings(
  { findings }: Pick<PlanLint, "findings">,
  acknowledgements: readonly { code: string }[],
): PlanFinding[] {
  const known = new Set(acknowledgements.map(({ code }) => code));
  return findings.filter(({ severity, code }) => severity === "blocking" || !known.has(code));
}

/** As the API shows it. */
export function inspectionWire(found: PlanInspection): LintAnswer {
  if (found.hash === null)
    return {
      hash: null,
      problems: found.problems,
      examples: [],
      findings: [],
      worst_case: null,
      may_be_published: false,
    };
  const { hash, examples, lint, acknowledgements, defaultMargin } = found;
  const known = new Map(acknowledgements.map((row) => [row.code, acknowledgedWire(row)]));
  return {
    hash,
    problems: [],
    examples,
    findings: lint.findings.map((finding) => ({
      ...finding,
      acknowledged: finding.severity === "advisory" ? (known.get(finding.code) ?? null) : null,
    })),
    worst_case: worstCaseWire(lint, defaultMargin),
    may_be_published:
      openFindings(lint, acknowledgements).length === 0 && examples.every(({ holds }) => holds),
  };
}

export function acknowledgedWire({ reason, actorKind, actorId, createdAt }: AcknowledgementRow) {
  return { reason, actor: { kind: actorKind, id: actorId }, at: createdAt.toISOString() };
}

function worstCaseWire({ worstCase, sentence }: PlanLint, margin: Rate): LintAnswer["worst_case"] {
  return {
    default_margin: formatPercent(margin),
    levels: worstCase.levels.map(({ level, ...shares }) => ({ level, ...sharesWire(shares) })),
    total: sharesWire(worstCase.total),
    sentence,
  };
}

const sharesWire = ({ atFullMargin, atDefaultMargin }: { atFullMargin: Share; atDefaultMargin: Share }) => ({
  at_full_margin: atFullMargin === null ? null : shareText(atFullMargin),
  at_default_margin: atDefaultMargin === null ? null : shareText(atDefaultMargin),
});
