import type { ComponentChildren } from "preact";
import { useRef, useState } from "react";
import { Icon } from "./icon.tsx";

export type TreeRow<Node> = {
  id: string;
  parentId: string | null;
  depth: number;
  node: Node;
  /** undefined: a leaf. */
  isOpen?: boolean | undefined;
  position: number;
  siblings: number;
};
export type TreeColumn<Node> = {
  key: string;
  header: string;
  isFigure?: boolean;
  className?: string;
  cell: (node: Node) => ComponentChildren;
};
type Props<Node> = {
  label: string;
  columns: TreeColumn<Node>[];
  rows: TreeRow<Node>[];
  onToggle: (row: TreeRow<Node>) => void;
};

/** The tree grid of the ARIA practices, moving by rows: ↑ ↓ Home End, → opens, ← closes or goes up. */
export function TreeGrid<Node>({ label, columns, rows, onToggle }: Props<Node>) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const current = rows.some(({ id }) => id === focusedId) ? focusedId : (rows[0]?.id ?? null);
  const focus = (row: TreeRow<Node> | undefined) => {
    if (!row) return;
    setFocusedId(row.id);
    body.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(row.id)}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = rows.findIndex(({ id }) => id === current);
    const row = rows[at];
    if (!row) return;
    const next = nextRow(event.key, rows, at);
    if (next === "toggle") onToggle(row);
    else if (next) focus(next);
    else return;
    event.preventDefault();
  };
  return (
    <div className="@container">
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the practices put a treegrid on a table. */}
      <table role="treegrid" aria-label={label} className="w-full border-collapse text-left">
        <thead>
          <tr className="border-b border-line-strong text-sm text-ink-2">
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={`h-9 pr-4 font-medium last:pr-0 ${column.isFigure ? "text-right" : ""} ${column.className ?? ""}`}
              >
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={onKeyDown}>
          {rows.map((row) => (
            <Row
              key={row.id}
              row={row}
              columns={columns}
              isCurrent={row.id === current}
              onFocus={setFocusedId}
              onToggle={onToggle}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type RowProps<Node> = {
  row: TreeRow<Node>;
  columns: TreeColumn<Node>[];
  isCurrent: boolean;
  onFocus: (id: string) => void;
  onToggle: (row: TreeRow<Node>) => void;
};

function Row<Node>({ row, columns, isCurrent, onFocus, onToggle }: RowProps<Node>) {
  const canOpen = row.isOpen !== undefined;
  return (
    <tr
      data-row={row.id}
      aria-level={row.depth + 1}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      {...(canOpen ? { "aria-expanded": row.isOpen } : {})}
      tabIndex={isCurrent ? 0 : -1}
      onFocus={() => onFocus(row.id)}
      onClick={() => canOpen && onToggle(row)}
      className={`border-b border-line focus-visible:-outline-offset-2 ${canOpen ? "cursor-pointer hover:bg-sunken" : ""}`}
    >
      {columns.map((column, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the focus moves by rows.
        <td
          key={column.key}
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of the treegrid.
          role="gridcell"
          className={`h-12 py-1.5 pr-4 last:pr-0 ${column.isFigure ? "figures text-right" : ""} ${column.className ?? ""}`}
        >
          {index === 0 ? (
            <span className="flex items-center gap-1.5" style={{ paddingInlineStart: `${row.depth * 20}px` }}>
              <span aria-hidden="true" className="grid size-5 shrink-0 place-items-center text-ink-2">
                {canOpen && (
                  <Icon
                    name="chevron"
                    className={`size-3 transition-transform ${row.isOpen ? "rotate-90" : ""}`}
                  />
                )}
              </span>
              {column.cell(row.node)}
            </span>
          ) : (
            column.cell(row.node)
          )}
        </td>
      ))}
    </tr>
  );
}

/** Where a key leads from a row; null where it means nothing. */
export function nextRow<Node>(
  key: string,
  rows: TreeRow<Node>[],
  at: number,
): TreeRow<Node> | "toggle" | null {
  const row = rows[at];
  if (!row) return null;
  switch (key) {
    case "ArrowDown":
      return rows[at + 1] ?? null;
    case "ArrowUp":
      return rows[at - 1] ?? null;
    case "Home":
      return rows[0] ?? null;
    case "End":
      return rows.at(-1) ?? null;
    case "ArrowRight":
      if (row.isOpen === false) return "toggle";
      return row.isOpen ? (rows[at + 1] ?? null) : null;
    case "ArrowLeft":
      if (row.isOpen) return "toggle";
      return rows.find(({ id }) => id === row.parentId) ?? null;
    case "Enter":
      return row.isOpen === undefined ? null : "toggle";
    default:
      return null;
  }
}
