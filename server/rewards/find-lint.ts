import type { Reader } from "../platform/database.ts";
import { findProgram } from "../programs/find-program.ts";
import { defaultMargin } from "../programs/program.ts";
import { type LintedPromotion, lintedPromotion } from "./lints/linted-plan.ts";
import { inspectPlan, type PlanInspection } from "./plan-inspection.ts";
import { listAcknowledgements } from "./store/plans.ts";
import { listPromotions } from "./store/promotions.ts";

/** Looks at a document as the program's next plan, with what was acknowledged of its text. */
export async function findLint(reader: Reader, document: unknown, now: Date): Promise<PlanInspection> {
  const program = await findProgram(reader);
  const { currency, timeZone, disclosure, destinationUrl } = program;
  // The hosted page, where links lead without a destination, says who earns in a sentence of ours.
  const hasDisclosure = destinationUrl === null || Object.keys(disclosure).length > 0;
  const context = { currency, timeZone, defaultMargin: defaultMargin(program), hasDisclosure, now };
  const found = inspectPlan(document, await findComing(reader, now), context);
  if (found.hash === null) return found;
  return { ...found, acknowledgements: await listAcknowledgements(reader, found.hash) };
}

/** Promotions that run, or will. */
async function findComing(reader: Reader, now: Date): Promise<LintedPromotion[]> {
  const rows = await listPromotions(reader);
  return rows
    .filter(({ endsAt, endedAt }) => endedAt === null && endsAt.getTime() > now.getTime())
    .map(({ id, document }) => lintedPromotion(id, document));
}
