import type { Database } from "../platform/database.ts";
import { findProgramIds } from "../programs/find-program-ids.ts";
import { type Verification, verifyProgram } from "./verify-program.ts";

/** Checks every program of the installation, one after the other. */
export async function verifyPrograms(
  db: Database,
  now: Date,
): Promise<{ programId: string; verification: Verification }[]> {
  const found: { programId: string; verification: Verification }[] = [];
  for (const programId of await db.readDirectory(findProgramIds))
    found.push({ programId, verification: await verifyProgram(db, programId, now) });
  return found;
}
