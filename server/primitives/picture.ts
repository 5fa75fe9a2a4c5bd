/** What is drawn, from back to front. Lengths in pixels. */
export type Picture = { width: number; height: number; color: string; parts: readonly PicturePart[] };

export type PicturePart =
  | { kind: "box"; x: number; y: number; width: number; height: number; color: string }
  /** Fits into its box, from its left upper corner. */
  | { kind: "image"; x: number; y: number; width: number; height: number; data: Buffer }
  | PictureText;

/** Lines of text; the first size that needs no more than the lines there are is taken, else it ends with an ellipsis. */
export type PictureText = {
  kind: "text";
  text: string;
  x: number;
  /** The base of the first line; or so far below the text before it. */
  y: number | { below: number };
  width: number;
  align: "left" | "right";
  face: "sans" | "serif";
  weight: number;
  sizes: readonly number[];
  linesMax: number;
  color: string;
};
