import type { ComponentChildren } from "preact";

export type Column<Row> = {
  key: string;
  header: string;
  cell: (row: Row) => ComponentChildren;
  isFigure?: boolean;
  /** On a phone the row's title; it stands alone, without its header. */
  isTitle?: boolean;
  /** On a phone: the figure or state beside the title. */
  isLead?: boolean;
  isLeftOutOnPhone?: boolean;
  /** A column of acts names itself to readers only. */
  isHeaderUnseen?: boolean;
};

type Props<Row> = {
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  rowClass?: (row: Row) => string;
};

/** A table on a desk, cards on a phone. The roles are said aloud because `display` would take them away. */
export function Table<Row>({ caption, columns, rows, rowKey, rowClass }: Props<Row>) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: the phone layout changes display, which drops the native roles.
    <table role="table" className="w-full border-collapse text-left max-sm:block">
      <caption className="sr-only">{caption}</caption>
      {/* biome-ignore lint/a11y/noRedundantRoles: see above. */}
      <thead role="rowgroup" className="max-sm:sr-only">
        {/* biome-ignore lint/a11y/noRedundantRoles: see above. */}
        <tr role="row" className="border-b border-line">
          {columns.map((column) => (
            <th
              key={column.key}
              // biome-ignore lint/a11y/noRedundantRoles: see above.
              role="columnheader"
              scope="col"
              className={`h-9 pr-4 text-sm font-medium text-ink-2 last:pr-0 ${column.isFigure ? "pr-6 text-right" : ""}`}
            >
              <span className={column.isHeaderUnseen ? "sr-only" : ""}>{column.header}</span>
            </th>
          ))}
        </tr>
      </thead>
      {/* biome-ignore lint/a11y/noRedundantRoles: see above. */}
      <tbody role="rowgroup" className="max-sm:block">
        {rows.map((row) => (
          <tr
            key={rowKey(row)}
            // biome-ignore lint/a11y/noRedundantRoles: see above.
            role="row"
            className={`border-b border-line last:border-0 max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:gap-x-4 max-sm:py-3 ${rowClass?.(row) ?? ""}`}
          >
            {columns.map((column) => (
              <Cell key={column.key} column={column} row={row} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  return (
    <td
      // biome-ignore lint/a11y/noRedundantRoles: see the table.
      role="cell"
      data-label={column.header}
      className={`h-11 py-2 pr-4 align-middle last:pr-0 max-sm:h-auto max-sm:py-1 max-sm:pr-0 ${placeOnPhone(column)} ${column.isFigure ? "figures text-right sm:pr-6" : ""}`}
    >
      {/* One child, so that a label and a value stay the two ends of a line. */}
      <span className="block min-w-0">{column.cell(row)}</span>
    </td>
  );
}

function placeOnPhone<Row>(column: Column<Row>): string {
  if (column.isLeftOutOnPhone) return "max-sm:hidden";
  if (column.isTitle) return "max-sm:order-first max-sm:font-medium";
  if (column.isLead) return "max-sm:order-first max-sm:text-right";
  return (
    "max-sm:col-span-2 max-sm:flex max-sm:items-baseline max-sm:justify-between max-sm:gap-4 " +
    "max-sm:before:text-sm max-sm:before:text-ink-2 max-sm:before:content-[attr(data-label)]"
  );
}

/** "Show more" under a list that continues. */
export function More({
  query,
}: {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
}) {
  if (!query.hasNextPage) return null;
  return (
    <div className="border-t border-line pt-3">
      <button
        type="button"
        onClick={() => query.fetchNextPage()}
        className="min-h-9 pointer-coarse:min-h-11 font-medium text-accent hover:text-accent-hover hover:underline"
      >
        {query.isFetchingNextPage ? "Loading…" : "Show more"}
      </button>
    </div>
  );
}
