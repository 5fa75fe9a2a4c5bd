import type { Reader } from "../platform/database.ts";
import { findProgram } from "../programs/find-program.ts";
import { defaultMargin } from "../programs/program.ts";
import { inspectPlan, type PlanInspection } from "./plan-inspection.ts";
import { listAcknowledgements } from "./store/plans.ts";

/** Looks at a document as the program's next plan, with what was acknowledged of its text. */
export async function findLint(reader: Reader, document: unknown, now: Date): Promise<PlanInspection> {
  const program = await findProgram(reader);
  const { currency, timeZone } = program;
  const context = { currency, timeZone, defaultMargin: defaultMargin(program), hasDisclosure: null, now };
  const found = inspectPlan(document, [], context);
  if (found.hash === null) return found;
  return { ...found, acknowledgements: await listAcknowledgements(reader, found.hash) };
}
