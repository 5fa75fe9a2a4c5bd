import type { Reader } from "../platform/database.ts";
import type { Period } from "../primitives/period.ts";
import { type Statement, statementOf } from "./statement.ts";
import { listEntriesBetween, sumEntriesAround, sumEntriesKnown } from "./store.ts";

const STATEMENT_ENTRIES_MAX = 5_000;

/**
 * The statement of one owner for a period, or as it read at a time within it. What was recorded never changes, so
 * neither does a past one.
 */
export async function findStatement(
  reader: Reader,
  ownerId: string,
  period: Period,
  knownAt: Date | null = null,
): Promise<Statement> {
  const sums =
    knownAt === null
      ? await sumEntriesAround(reader, ownerId, period)
      : await sumEntriesKnown(reader, ownerId, period, knownAt);
  const entries = await listEntriesBetween(reader, ownerId, period, knownAt, STATEMENT_ENTRIES_MAX + 1);
  return statementOf(period, sums, entries, STATEMENT_ENTRIES_MAX);
}
