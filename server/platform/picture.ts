import { createCanvas, loadImage, type SKRSContext2D } from "@napi-rs/canvas";
import type { Picture, PictureText } from "../primitives/picture.ts";
import { openTypefaces } from "./typefaces.ts";

const LINE = 1.22;

/** Draws a picture; answers a PNG. Nothing is drawn outside of the box a part says. */
export async function drawPicture({ width, height, color, parts }: Picture): Promise<Buffer> {
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext("2d");
  const fill = (x: number, y: number, w: number, h: number, paint: string): void => {
    pen.fillStyle = paint;
    pen.fillRect(x, y, w, h);
  };
  fill(0, 0, width, height, color);
  let end = 0;
  for (const part of parts) {
    if (part.kind === "box") fill(part.x, part.y, part.width, part.height, part.color);
    else if (part.kind === "text") end = drawText(pen, part, end);
    else {
      const image = await loadImage(part.data);
      const scale = Math.min(part.width / image.width, part.height / image.height);
      pen.drawImage(image, part.x, part.y, image.width * scale, image.height * scale);
    }
  }
  return canvas.encode("png");
}

/** Answers where the next line would be. */
function drawText(pen: SKRSContext2D, part: PictureText, end: number): number {
  const { lines, font, size } = fitted(pen, part);
  const height = Math.round(size * LINE);
  const y = typeof part.y === "number" ? part.y : end + part.y.below;
  pen.font = font;
  pen.fillStyle = part.color;
  pen.textAlign = part.align;
  const x = part.align === "left" ? part.x : part.x + part.width;
  for (const [index, line] of lines.entries()) pen.fillText(line, x, y + index * height);
  return y + lines.length * height;
}

type Fitted = { lines: string[]; font: string; size: number };

function fitted(pen: SKRSContext2D, { text, width, face, weight, sizes, linesMax }: PictureText): Fitted {
  const families = openTypefaces()[face];
  let last: Fitted = { lines: [], font: "", size: 0 };
  for (const size of sizes) {
    pen.font = `${weight} ${size}px ${families}`;
    last = { lines: wrapped(pen, text, width), font: pen.font, size };
    if (last.lines.length <= linesMax) return last;
  }
  const rest = last.lines.slice(linesMax - 1).join(" ");
  return { ...last, lines: [...last.lines.slice(0, linesMax - 1), shortened(pen, rest, width)] };
}

function wrapped(pen: SKRSContext2D, text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && pen.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(shortened(pen, word, width));
  }
  return lines;
}

/** Cut between letters as people see them, so that no sign is torn from its letter. */
function shortened(pen: SKRSContext2D, text: string, width: number): string {
  if (pen.measureText(text).width <= width) return text;
  const letters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  const upTo = (count: number): string => `${letters.slice(0, count).join("").trimEnd()}…`;
  let [from, to] = [0, letters.length];
  while (from < to) {
    const middle = Math.ceil((from + to) / 2);
    if (pen.measureText(upTo(middle)).width <= width) from = middle;
    else to = middle - 1;
  }
  return upTo(from);
}
