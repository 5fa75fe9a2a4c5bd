import { recordAudit } from "../access/record-audit.ts";
import type { Database, Tx } from "../platform/database.ts";
import { parseInstant } from "../primitives/instant.ts";
import { acceptFinding } from "../rewards/accept-finding.ts";
import { createPlan } from "../rewards/create-plan.ts";
import { findLint } from "../rewards/find-lint.ts";
import { inspectionWire } from "../rewards/plan-inspection.ts";
import { planInForce, publishedPlans } from "../rewards/plans-in-force.ts";
import { publishDraft } from "../rewards/publish-draft.ts";
import { listPlans, listPublishedPlans, type PlanRow, readPlan } from "../rewards/store/plans.ts";
import { chosenProgram } from "./chosen-program.ts";
import { UsageError } from "./command.ts";
import type { PlanDesk, PlanText } from "./plan-desk.ts";

const ACTOR = { kind: "system" } as const;
const PLANS_MAX = 200;

/** The plans of one program, straight in the database; what is done stands in the audit as done by the system. */
export async function openDatabaseDesk(db: Database, wanted: string | null): Promise<PlanDesk> {
  const programId = await chosenProgram(db, wanted);
  const done = (tx: Tx, operation: "plans.create" | "plans.publish" | "plans.acknowledge", id: string) =>
    recordAudit(tx, [{ actor: ACTOR, operation, subjectId: id, requestId: null }]);
  return {
    pull: (version) =>
      db.read(programId, async (reader) => {
        if (version !== null) return textOf(await readPlan(reader, { version }));
        const now = planInForce(publishedPlans(await listPublishedPlans(reader)), new Date());
        return now && textOf(await readPlan(reader, { id: now.id }));
      }),
    lint: (document) =>
      db.read(programId, async (reader) => inspectionWire(await findLint(reader, document, new Date()))),
    find: (hash) =>
      db.read(programId, async (reader) =>
        textOf((await listPlans(reader, PLANS_MAX)).find((row) => row.hash === hash) ?? null),
      ),
    create: (document, baseVersion) =>
      db.write(programId, async (tx) => {
        const draft = await createPlan(tx, document, baseVersion);
        await done(tx, "plans.create", draft.id);
        return planText(draft);
      }),
    acknowledge: (planId, code, reason) =>
      db.write(programId, async (tx) => {
        await acceptFinding(tx, planId, { code, reason }, ACTOR);
        await done(tx, "plans.acknowledge", planId);
      }),
    publish: (planId, from) =>
      db.write(programId, async (tx) => {
        const plan = await publishDraft(tx, planId, from === null ? null : instantOf(from));
        await done(tx, "plans.publish", planId);
        return planText(plan);
      }),
  };
}

function instantOf(text: string): Date {
  const at = parseInstant(text);
  if (at) return at;
  throw new UsageError(`--from "${text}" is no time, such as 2026-12-01T00:00:00Z.`);
}

const textOf = (row: PlanRow | null): PlanText | null => row && planText(row);

function planText({ id, version, state, hash, document, inForceFrom }: PlanRow): PlanText {
  return { id, version, state, hash, document, from: inForceFrom?.toISOString() ?? null };
}
