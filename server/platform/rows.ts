import { type RawBuilder, sql } from "kysely";
import { Column, type ColumnType } from "./columns.ts";

export type { ColumnType };

/**
 * Many rows as a table of a statement, one array parameter per column: for PostgreSQL this is about half the
 * work of reading the same rows from one JSON document.
 */
export function tableOf<Row extends object>(
  name: string,
  columns: { readonly [Key in keyof Row]: ColumnType },
  rows: readonly Row[],
): RawBuilder<unknown> {
  const keys = Object.keys(columns) as (keyof Row & string)[];
  const arrays = keys.map((key) => {
    const type = columns[key];
    return sql`${new Column(type, key, rows)}${CASTS[type]}`;
  });
  return sql`unnest(${sql.join(arrays)}) as ${sql.raw(`${name} (${keys.join(", ")})`)}`;
}

/** Arrays of arrays cannot be unnested: the inner ones go as text. */
const CASTS: Readonly<Record<ColumnType, RawBuilder<unknown>>> = {
  text: sql`::text[]`,
  id: sql`::text[]`,
  "text[]": sql`::text[]`,
  int: sql`::int[]`,
  smallint: sql`::smallint[]`,
  bigint: sql`::bigint[]`,
  boolean: sql`::boolean[]`,
  timestamptz: sql`::timestamptz[]`,
  json: sql`::json[]`,
  jsonb: sql`::jsonb[]`,
};
