import type { Database } from "../platform/database.ts";
import { findProgramIds } from "../programs/find-program-ids.ts";
import { UsageError } from "./command.ts";

/** The program that is named, or the only one there is. */
export async function chosenProgram(db: Database, wanted: string | null): Promise<string> {
  if (wanted !== null) return wanted;
  const [only, ...others] = await db.readDirectory(findProgramIds);
  if (only !== undefined && others.length === 0) return only;
  throw new UsageError(
    only === undefined
      ? "There is no program yet."
      : `There are ${others.length + 1} programs: name one with --program.`,
  );
}
