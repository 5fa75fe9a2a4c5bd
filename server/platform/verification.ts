import { sql } from "kysely";
import type { Database, Query, Reader } from "./database.ts";
import { sqlState } from "./database-errors.ts";

/** What a statement that looks for broken rows has seen; `example` tells of the first one in words. */
export type Examination = { checked: bigint; broken: bigint; example: string | null };

/** Something that holds always, and how to look for what breaks it. */
export type Invariant = {
  id: string;
  /** A sentence that is true while it holds. */
  name: string;
  /** What is counted: one of it, many of it. */
  unit: readonly [one: string, many: string];
  examine(reader: Reader): Promise<Examination>;
};

/** How one invariant was found. */
export type Check = { id: string; name: string; ok: boolean; figure: string; detail: string | null };

/** Statements that look at every row of a program take as long as there are rows. */
const STATEMENT_MS_MAX = 300_000;
const QUERY_CANCELED = "57014";

/** Examines one after the other, each in a read transaction of its own, so that none holds a snapshot for long. */
export async function verifyInvariants(
  db: Database,
  programId: string,
  invariants: readonly Invariant[],
): Promise<Check[]> {
  const checks: Check[] = [];
  for (const invariant of invariants) checks.push(await verify(db, programId, invariant));
  return checks;
}

/** One row out of two questions: how many are there to look at, and which `words` are there to say of broken ones. */
export const examine = (reader: Reader, checked: Query, problems: Query): Promise<Examination> =>
  reader.one<Examination>(sql`
    select (${checked}) as checked, count(*) as broken, min(words) as example
      from (${problems}) as problem (words)`);

async function verify(db: Database, programId: string, invariant: Invariant): Promise<Check> {
  const { id, name } = invariant;
  try {
    const seen = await db.read(programId, invariant.examine, { statementMsMax: STATEMENT_MS_MAX });
    return {
      id,
      name,
      ok: seen.broken === 0n,
      figure: countOf(seen.checked, invariant.unit),
      detail: detailOf(seen),
    };
  } catch (error) {
    if (sqlState(error) !== QUERY_CANCELED) throw error;
    // Not having looked is not the same as having found nothing.
    const detail = `Looking took longer than ${STATEMENT_MS_MAX / 60_000} minutes and was stopped.`;
    return { id, name, ok: false, figure: "not checked", detail };
  }
}

/** "12 804 transfers", with spaces that do not break. */
function countOf(count: bigint, [one, many]: readonly [string, string]): string {
  const digits = count.toString().replace(/\B(?=(\d{3})+$)/g, "\u00a0");
  return `${digits} ${count === 1n ? one : many}`;
}

function detailOf({ broken, example }: Examination): string | null {
  if (broken === 0n) return null;
  return broken === 1n ? example : `${example} And ${broken - 1n} more.`;
}
