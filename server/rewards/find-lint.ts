import type { Reader } from "../platform/database.ts";
import type { FieldProblem } from "../primitives/refusal.ts";
import { findProgram } from "../programs/find-program.ts";
import { defaultMargin } from "../programs/program.ts";
import { type ExampleResult, runExamples } from "./example.ts";
import { parsePlan, planHash } from "./plan.ts";
import { checkDocument } from "./plan-document.ts";
import { lintPlan, type PlanLint } from "./plan-lint.ts";
import { type AcknowledgementRow, listAcknowledgements } from "./store/plans.ts";

/** Everything that is looked at before a plan is published; with problems it is no plan yet, and nothing else is. */
export type FoundLint =
  | { problems: FieldProblem[]; hash: null }
  | {
      problems: [];
      hash: string;
      examples: ExampleResult[];
      lint: PlanLint;
      acknowledgements: AcknowledgementRow[];
    };

/** Looks at a document as the program's next plan: its schema, its examples, and the shelf of lints. */
export async function findLint(reader: Reader, document: unknown, now: Date): Promise<FoundLint> {
  const checked = checkDocument(document);
  if (checked.document === null) return { problems: checked.problems, hash: null };
  const program = await findProgram(reader);
  if (checked.document.currency !== program.currency) {
    const message = `The program counts in ${program.currency}.`;
    return { problems: [{ pointer: "/currency", code: "wrong_currency", message }], hash: null };
  }
  const plan = parsePlan(checked.document);
  const hash = planHash(plan);
  const margin = defaultMargin(program);
  const { currency, timeZone } = program;
  const context = { currency, timeZone, defaultMargin: margin, hasDisclosure: null, now };
  return {
    problems: [],
    hash,
    examples: runExamples(plan, margin),
    lint: lintPlan(plan.document, [], context),
    acknowledgements: await listAcknowledgements(reader, hash),
  };
}
