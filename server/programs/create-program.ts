import { appendEvents } from "../events/append-events.ts";
import type { Tx } from "../platform/database.ts";
import { MODEL_DEFAULT } from "./attribution-terms.ts";
import { checkProgram, type Program, type ProgramText } from "./program.ts";
import { insertAttributionTerms } from "./store/attribution-terms.ts";
import { insertDirectoryEntry, insertProgram } from "./store.ts";

/** Creates the program the transaction is scoped to; its id is made by the caller, before the transaction. */
export async function createProgram(tx: Tx, text: ProgramText): Promise<Program> {
  checkProgram(text);
  await insertDirectoryEntry(tx);
  const program = await insertProgram(tx, text);
  await insertAttributionTerms(tx, { version: 1, model: MODEL_DEFAULT, windowDays: null, createdBy: null });
  await appendEvents(tx, [
    {
      type: "program.launched",
      subjectId: program.programId,
      audience: [],
      object: { id: program.programId, name: program.name, currency: program.currency, state: program.state },
    },
  ]);
  return program;
}
