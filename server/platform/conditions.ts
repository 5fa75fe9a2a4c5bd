import { type RawBuilder, sql } from "kysely";

/**
 * The conditions of a filter that are asked for, after an `and` each. A condition that is not asked for is not in
 * the statement at all, so that every shape of a filter has a plan of its own and finds its index.
 */
export function andAll(conditions: readonly (RawBuilder<unknown> | null)[]): RawBuilder<unknown> {
  const asked = conditions.filter((condition) => condition !== null);
  return asked.length === 0 ? sql`` : sql`and ${sql.join(asked, sql` and `)}`;
}

/** One page of rows in the order of their ids, newest first; a page before a cursor is read backwards. */
export function pageBy(
  column: RawBuilder<unknown>,
  cursors: { after: string | null; before: string | null },
): { conditions: (RawBuilder<unknown> | null)[]; order: RawBuilder<unknown> } {
  const { after, before } = cursors;
  return {
    conditions: [
      after === null ? null : sql`${column} < ${after}`,
      before === null ? null : sql`${column} > ${before}`,
    ],
    order: before === null ? sql`${column} desc` : column,
  };
}
