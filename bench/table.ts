import type { Cost, Figure, Goal, Unit } from "./figure.ts";
import type { Report } from "./report.ts";

const HEADINGS = ["What", "Ours", "Reference", "", "Ratio", "Goal", "Met", "CPU µs: node", "PostgreSQL"];
const GAP = "  ";

/** For a terminal: columns under their headings. */
export function tableText(figures: readonly Figure[]): string {
  const rows = [HEADINGS, ...figures.map(cellsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        isText(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join(GAP)
      .trimEnd(),
  );
  const rule = widths.map((width) => "─".repeat(width)).join(GAP);
  return [lines[0], rule, ...lines.slice(1)].join("\n");
}

/** For a document: a Markdown table and the machine it was measured on. */
export function tableMarkdown(report: Report): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const rule = HEADINGS.map((_, column) => (isText(column) ? "---" : "---:"));
  const { machine } = report;
  return [
    row(HEADINGS),
    `|${rule.join("|")}|`,
    ...report.figures.map((figure) => row(cellsOf(figure))),
    "",
    `Measured ${report.at.slice(0, 10)}: ${machine.cores} × ${machine.processor}, ${machine.memoryGb} GB, ` +
      `${machine.system}, Node ${machine.node}, PostgreSQL ${machine.postgres}, ${machine.fileSystem}; ` +
      `medians of ${report.rounds} rounds of ${report.seconds} s. ${booksSentence(report)}`,
  ].join("\n");
}

export function booksSentence({ books }: Pick<Report, "books">): string {
  const wrong = books.broken.length === 0 ? "wrong balances: 0" : `BROKEN: ${books.broken.join("; ")}`;
  return (
    `After the run: ${wrong}, purchases acknowledged ${whole(books.acknowledged)}, ` +
    `in the books ${whole(books.stored)}, lost ${whole(Math.max(0, books.acknowledged - books.stored))}.`
  );
}

const isText = (column: number): boolean => column === 0 || column === 3;

function cellsOf({ name, unit, ours, reference, ratio, goal, met, cost }: Figure): string[] {
  return [
    name,
    amountText(ours, unit),
    reference ? amountText(reference.value, unit) : "",
    reference?.name ?? "",
    ratio === null ? "" : ratio.toFixed(2),
    goal ? goalText(goal, goal.of === "figure" && unit === "ms" ? " ms" : "") : "",
    metText(goal, met),
    costText(cost, "node"),
    costText(cost, "postgres"),
  ];
}

function metText(goal: Goal | null, met: boolean | null): string {
  if (goal === null) return "";
  return met === null ? "?" : met ? "yes" : "NO";
}

function goalText({ kind, value }: Goal, unit: string): string {
  return `${kind === "at_least" ? "≥" : "≤"} ${value}${unit}`;
}

function amountText(value: number, unit: Unit): string {
  if (!Number.isFinite(value)) return "–";
  return unit === "ms" ? `${value.toFixed(2)} ms` : `${whole(value)}/s`;
}

function costText(cost: Cost | null, side: keyof Cost): string {
  return cost === null ? "" : cost[side].toFixed(0);
}

function whole(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, " ");
}
