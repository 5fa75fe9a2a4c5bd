import type { Reader } from "../platform/database.ts";
import { listProgramIds } from "./store.ts";

const PROGRAMS_MAX = 10_000;

/** All programs of the installation, oldest first; for the worker and the command line. */
export async function findProgramIds(reader: Reader): Promise<string[]> {
  const rows = await listProgramIds(reader, PROGRAMS_MAX);
  return rows.map((row) => row.programId);
}
