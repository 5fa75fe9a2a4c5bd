import { type RawBuilder, sql } from "kysely";

export type ColumnType =
  | "text"
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
    const literal = arrayLiteral(rows.map((row) => encode(row[key], type)));
    return sql`${literal}::${sql.raw(type === "text[]" ? "text" : type)}[]`;
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

/** What an element of an array literal may be without quotes; "null" in any case would be a null. */
const PLAIN = /^(?!null$)[\w.:+-]+$/i;

/** An array as PostgreSQL writes it (manual, section 8.15.2). Most elements are ids and figures, which need no quotes. */
function arrayLiteral(elements: readonly (string | null)[]): string {
  let literal = "{";
  for (let i = 0; i < elements.length; i++) {
    const element = elements[i];
    if (i > 0) literal += ",";
    if (element === null || element === undefined) literal += "NULL";
    else if (PLAIN.test(element)) literal += element;
    else literal += `"${element.replace(/["\\]/g, "\\$&")}"`;
  }
  return `${literal}}`;
}
