import { appendEvents } from "../events/append-events.ts";
import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { findProgram } from "../programs/find-program.ts";
import { defaultMargin } from "../programs/program.ts";
import { recordPlanRevision } from "../programs/record-plan-revision.ts";
import { runExamples } from "./example.ts";
import { type Plan, parsePlan } from "./plan.ts";
import { recordNewlyKept } from "./record-newly-kept.ts";
import { setTermsInForce } from "./set-terms-in-force.ts";
import {
  listPublishedPlans,
  lockPlan,
  publishPlan as markPublished,
  type PlanRow,
  readLastVersion,
} from "./store/plans.ts";

/** The first plan of a program holds for whatever happened before it, too. */
const ALWAYS = new Date(0);

/** Makes a draft the next version, in force from a moment on. Its golden examples must hold. */
export async function publishPlan(tx: Tx, planId: string, from: Date | null): Promise<PlanRow> {
  const draft = await lockPlan(tx, planId);
  if (!draft) throw new Refusal("not_found");
  if (draft.state !== "draft") throw new Refusal("plan_published");
  const program = await findProgram(tx);
  const plan = parsePlan(draft.document);
  refuseBrokenExamples(plan, program);
  // It also keeps the next number from being given twice: whoever publishes at the same time waits here.
  await recordPlanRevision(tx);
  await recordNewlyKept(tx, plan.kept);
  const earlier = await listPublishedPlans(tx);
  const version = 1 + (await readLastVersion(tx));
  const inForceFrom = from ?? (earlier.length === 0 ? ALWAYS : tx.now);
  if (from !== null && from.getTime() < tx.now.getTime() && earlier.length > 0) throw refusedFrom();
  const published = await markPublished(tx, planId, version, inForceFrom);
  await setTermsInForce(tx);
  await appendEvents(tx, [
    {
      type: "plan.published",
      subjectId: planId,
      audience: [],
      object: { id: planId, version, name: plan.name, hash: published.hash, from: inForceFrom.toISOString() },
    },
  ]);
  return published;
}

function refuseBrokenExamples(
  plan: Plan,
  program: Parameters<typeof defaultMargin>[0] & { currency: string },
): void {
  if (plan.currency !== program.currency)
    throw new Refusal("invalid_plan", {
      errors: [
        {
          pointer: "/currency",
          code: "wrong_currency",
          message: `The program counts in ${program.currency}.`,
        },
      ],
    });
  const broken = runExamples(plan, defaultMargin(program)).filter((example) => !example.holds);
  if (broken.length === 0) return;
  throw new Refusal("invalid_plan", {
    errors: broken.map(({ index, message }) => ({
      pointer: `/examples/${index}`,
      code: "example_broken",
      message: message ?? "The example does not hold.",
    })),
  });
}

/** Rewards that were granted keep their plan: a later version cannot reach into the past. */
function refusedFrom(): Refusal {
  return new Refusal("invalid_plan", {
    errors: [
      {
        pointer: "/from",
        code: "in_the_past",
        message: "A later version can hold from now on, not from before.",
      },
    ],
  });
}
