/** What is printed on one page, from back to front. Lengths in points, from the left upper corner. */
export type PdfPage = { width: number; height: number; parts: readonly PdfPart[] };

export type PdfPart =
  | { kind: "box"; x: number; y: number; width: number; height: number; color: string }
  | { kind: "line"; fromX: number; fromY: number; toX: number; toY: number; color: string }
  | PdfText;

/** One line in the middle of its box, in the first size that fits; else it ends with an ellipsis. */
export type PdfText = {
  kind: "text";
  text: string;
  x: number;
  y: number;
  width: number;
  isBold: boolean;
  sizes: readonly number[];
  color: string;
};
