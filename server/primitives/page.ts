import { isId } from "./id.ts";
import { Refusal } from "./refusal.ts";

export type PageRequest = { limit?: number; after?: string; before?: string };
export type Page<Row> = {
  data: Row[];
  has_more: boolean;
  next_cursor: string | null;
  prev_cursor: string | null;
};

const ROWS_DEFAULT = 50;

/**
 * What to ask the store for: one row more than the page, which tells whether there is another. Cursors that
 * are ids are checked by their prefix.
 */
export function pageWindow(
  query: PageRequest,
  prefix: string | null = null,
): {
  limit: number;
  after: string | null;
  before: string | null;
} {
  const cursors = [query.after, query.before].filter((cursor) => cursor !== undefined);
  const isWrong = prefix !== null && cursors.some((cursor) => !isId(prefix, cursor));
  if (cursors.length > 1 || isWrong) throw new Refusal("invalid_cursor");
  return {
    limit: (query.limit ?? ROWS_DEFAULT) + 1,
    after: query.after ?? null,
    before: query.before ?? null,
  };
}

/** One page of rows that the store answered for `pageWindow`; pages before a cursor come in reverse. */
export function pageOf<Row, Wire>(
  rows: readonly Row[],
  query: PageRequest,
  cursorOf: (row: Row) => string,
  wire: (row: Row) => Wire,
): Page<Wire> {
  const limit = query.limit ?? ROWS_DEFAULT;
  const isBackward = query.before !== undefined;
  const shown = rows.slice(0, limit);
  if (isBackward) shown.reverse();
  const first = shown[0];
  const last = shown.at(-1);
  const isMore = rows.length > limit;
  const isLater = isBackward ? first !== undefined : isMore;
  const isEarlier = isBackward ? isMore : query.after !== undefined;
  return {
    data: shown.map(wire),
    has_more: isLater,
    next_cursor: isLater && last !== undefined ? cursorOf(last) : null,
    prev_cursor: isEarlier && first !== undefined ? cursorOf(first) : null,
  };
}
