import type { PdfPage, PdfPart } from "../primitives/pdf.ts";
import { qrRaster } from "./qr.ts";

type Paper = "a4" | "letter";

/** One code to cut out: whose it is, and its address for those without a camera. */
export type SheetEntry = { url: string; name: string };

const SIZES: Record<Paper, { width: number; height: number }> = {
  a4: { width: 595.28, height: 841.89 },
  letter: { width: 612, height: 792 },
};
const COLUMNS = 3;
const ROWS = 4;
export const ENTRIES_PER_PAGE = COLUMNS * ROWS;
const MARGIN = 36;
const CODE_SIDE = 118;
const ABOVE = 10;
const INK = "#1b1c19";
const QUIET_INK = "#585953";
const CUT = "#c9c9c4";

/** Codes in a grid with lines to cut along; each page when it is asked for, because codes take their time. */
export function* sheetPages(entries: readonly SheetEntry[], paper: Paper): Generator<PdfPage> {
  const size = SIZES[paper];
  const cell = { width: (size.width - 2 * MARGIN) / COLUMNS, height: (size.height - 2 * MARGIN) / ROWS };
  for (let from = 0; from < entries.length; from += ENTRIES_PER_PAGE) {
    const parts = entries.slice(from, from + ENTRIES_PER_PAGE).flatMap((entry, index) => {
      const x = MARGIN + (index % COLUMNS) * cell.width;
      const y = MARGIN + Math.floor(index / COLUMNS) * cell.height;
      return entryParts(entry, { x, y, ...cell });
    });
    yield { ...size, parts: [...cuts(size, cell), ...parts] };
  }
}

type Box = { x: number; y: number; width: number; height: number };

function entryParts({ url, name }: SheetEntry, { x, y, width }: Box): PdfPart[] {
  const { side, runs } = qrRaster(url, false);
  const module = CODE_SIDE / side;
  const left = x + (width - CODE_SIDE) / 2;
  const top = y + ABOVE + 4 * module;
  const below = top + CODE_SIDE + 4 * module;
  const line = { kind: "text" as const, x: x + 6, width: width - 12 };
  return [
    ...runs.map((run) => ({
      kind: "box" as const,
      x: left + run.x * module,
      y: top + run.y * module,
      width: run.width * module,
      height: module,
      color: "#000000",
    })),
    { ...line, y: below, text: name, isBold: true, sizes: [11, 10, 9], color: INK },
    {
      ...line,
      y: below + 15,
      text: url.replace(/^https?:\/\//, ""),
      isBold: false,
      sizes: [9, 8, 7, 6],
      color: QUIET_INK,
    },
  ];
}

function cuts(size: { width: number; height: number }, cell: { width: number; height: number }): PdfPart[] {
  const across = Array.from({ length: COLUMNS - 1 }, (_, index) => MARGIN + (index + 1) * cell.width);
  const down = Array.from({ length: ROWS - 1 }, (_, index) => MARGIN + (index + 1) * cell.height);
  const line = { kind: "line" as const, color: CUT };
  return [
    ...across.map((x) => ({ ...line, fromX: x, fromY: MARGIN / 2, toX: x, toY: size.height - MARGIN / 2 })),
    ...down.map((y) => ({ ...line, fromX: MARGIN / 2, fromY: y, toX: size.width - MARGIN / 2, toY: y })),
  ];
}
