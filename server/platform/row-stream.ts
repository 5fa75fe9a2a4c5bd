import { sql } from "kysely";
import type { Query, Reader } from "./database.ts";

/** Rows fetched at once. */
const ROWS_MAX = 1_000;
const OPTIONS = { isPlannedEachTime: true } as const;

/** The rows of a statement that answers more than fits into memory, some at a time, as of one moment. */
export async function* streamRows<Row>(reader: Reader, query: Query): AsyncGenerator<Row, void, undefined> {
  await reader.many(sql`declare streamed no scroll cursor for ${query}`, OPTIONS);
  for (;;) {
    const rows = await reader.many<Row>(sql`fetch ${sql.lit(ROWS_MAX)} from streamed`, OPTIONS);
    yield* rows;
    if (rows.length < ROWS_MAX) break;
  }
  await reader.many(sql`close streamed`, OPTIONS);
}
