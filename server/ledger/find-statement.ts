import type { Reader } from "../platform/database.ts";
import type { Period } from "../primitives/period.ts";
import { type Statement, statementOf } from "./statement.ts";
import { listEntriesBetween, sumEntriesAround } from "./store.ts";

const STATEMENT_ENTRIES_MAX = 5_000;

/** The statement of one owner for a period. What was recorded never changes, so neither does a past one. */
export async function findStatement(reader: Reader, ownerId: string, period: Period): Promise<Statement> {
  const sums = await sumEntriesAround(reader, ownerId, period);
  const entries = await listEntriesBetween(reader, ownerId, period, STATEMENT_ENTRIES_MAX + 1);
  return statementOf(period, sums, entries, STATEMENT_ENTRIES_MAX);
}
