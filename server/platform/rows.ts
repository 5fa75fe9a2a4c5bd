import { type RawBuilder, sql } from "kysely";

export type ColumnType =
  | "text"
  /** Text of ours that never needs quoting: ids, codes of states, hashes. */
  | "id"
  | "int"
  | "smallint"
  | "bigint"
  | "boolean"
  | "timestamptz"
  | "json"
  | "jsonb"
  /** Arrives as text, to be cast where it is selected: arrays of arrays cannot be unnested. */
  | "text[]";

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
    const elements = rows.map((row) => encode(row[key], type));
    const literal = NEEDS_QUOTES.has(type) ? quotedLiteral(elements) : plainLiteral(elements);
    return sql`${literal}::${sql.raw(SQL_TYPES[type] ?? type)}[]`;
  });
  return sql`unnest(${sql.join(arrays)}) as ${sql.raw(`${name} (${keys.join(", ")})`)}`;
}

function encode(value: unknown, type: ColumnType): string | null {
  if (value === null || value === undefined) return null;
  if (type === "json" || type === "jsonb") return JSON.stringify(value);
  // Ids and codes only: nothing in them needs quoting.
  if (type === "text[]") return `{${(value as readonly string[]).join(",")}}`;
  if (value instanceof Date) return value.toISOString();
  return String(value);
}

const SQL_TYPES: Partial<Record<ColumnType, string>> = { id: "text", "text[]": "text" };
const NEEDS_QUOTES: ReadonlySet<ColumnType> = new Set(["text", "json", "jsonb", "text[]"]);

/** An array as PostgreSQL writes it (manual, section 8.15.2), of elements that need no quotes. */
function plainLiteral(elements: readonly (string | null)[]): string {
  let literal = "";
  for (const element of elements) literal += `,${element ?? "NULL"}`;
  return `{${literal.slice(1)}}`;
}

/** The same of any text. */
function quotedLiteral(elements: readonly (string | null)[]): string {
  let literal = "";
  for (const element of elements)
    literal += element === null ? ",NULL" : `,"${element.replace(/["\\]/g, "\\$&")}"`;
  return `{${literal.slice(1)}}`;
}
