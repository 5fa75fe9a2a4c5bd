import type { Reader } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import type { Program } from "./program.ts";
import { readProgram } from "./store.ts";

/** The program the reader is scoped to. */
export async function findProgram(reader: Reader): Promise<Program> {
  const program = await readProgram(reader);
  if (!program) throw new Refusal("not_found");
  return program;
}
