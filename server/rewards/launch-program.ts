import type { Actor } from "../access/actor.ts";
import { openProgramAccess } from "../access/open-program-access.ts";
import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { createProgram } from "../programs/create-program.ts";
import { findProgram } from "../programs/find-program.ts";
import type { Program, ProgramText } from "../programs/program.ts";
import { createPlan } from "./create-plan.ts";
import { publishPlan } from "./publish-plan.ts";
import { findTemplate } from "./templates/index.ts";

/** Creates a program and, from a template, its first plan. The transaction is scoped to the new program's id. */
export async function launchProgram(
  tx: Tx,
  text: ProgramText,
  templateName: string | null,
  actor: Actor,
): Promise<Program> {
  const program = await createProgram(tx, text);
  await openProgramAccess(tx, program.programId, program.name, actor);
  if (templateName === null) return program;
  const template = findTemplate(templateName);
  if (!template)
    throw new Refusal("invalid_program", {
      errors: [
        {
          pointer: "/template",
          code: "unknown_template",
          message: `There is no template "${templateName}".`,
        },
      ],
    });
  const draft = await createPlan(tx, template.document(text.currency));
  await publishPlan(tx, draft.id, null);
  return findProgram(tx);
}
