import encodeQR from "qr";
import { type Color, contrast, parseColor } from "../primitives/color.ts";
import type { Picture, PicturePart } from "../primitives/picture.ts";
import type { FieldProblem } from "../primitives/refusal.ts";

/** A logo of the program as a PNG, with its size in pixels. */
export type QrLogo = { png: Buffer; width: number; height: number };
type QrLook = { color: Color; background: Color; logo: QrLogo | null };

const PLAIN_LOOK: QrLook = { color: "#000000", background: "#ffffff", logo: null };

/** The quiet zone around, in modules, as the standard wants it. */
const QUIET = 4;
/** Of the side: what the logo covers is restored from what stands elsewhere, with room to spare for wear. */
const LOGO_SHARE = 0.22;
const CONTRAST_MIN = 4.5;
/** Fewer, and a camera takes two modules for one. */
const PIXELS_PER_MODULE_MIN = 2;

/** Where a row has dark modules side by side: from the left, in modules. */
type QrRun = { x: number; y: number; width: number };
type QrRaster = { side: number; runs: QrRun[] };

/** The code as dark runs. A quarter of it may be hidden or torn off where `isStrong`; else a seventh. */
export function qrRaster(url: string, isStrong: boolean): QrRaster {
  const framed = encodeQR(url, "raw", { ecc: isStrong ? "high" : "medium", border: 1 });
  const rows = framed.slice(1, -1).map((row) => row.slice(1, -1));
  const runs: QrRun[] = [];
  rows.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue;
      let width = 1;
      while (row[x + width]) width++;
      runs.push({ x, y, width });
      x += width;
    }
  });
  return { side: rows.length, runs };
}

/** What keeps a camera from seeing it: it looks for something dark on something light. */
export function lookProblems(sent: { color?: string; background?: string }): FieldProblem[] {
  const problems: FieldProblem[] = [];
  for (const name of ["color", "background"] as const) {
    const text = sent[name];
    if (text !== undefined && readColor(text) === null)
      problems.push(problem(name, "invalid_color", `"${text}" is not a colour, such as 0b6e4f.`));
  }
  if (problems.length > 0) return problems;
  const { color, background } = colorsOf(sent);
  const isDarkOnLight = contrast(color, "#000000") < contrast(background, "#000000");
  if (!isDarkOnLight)
    return [problem("color", "not_dark_on_light", "Cameras look for a dark code on a light ground.")];
  const ratio = contrast(color, background);
  if (ratio < CONTRAST_MIN)
    return [
      problem(
        "color",
        "too_little_contrast",
        `The contrast is ${ratio.toFixed(1)} : 1. Cameras need ${CONTRAST_MIN} : 1; take a darker colour or a lighter ground.`,
      ),
    ];
  return [];
}

export function colorsOf(sent: {
  color?: string;
  background?: string;
}): Pick<QrLook, "color" | "background"> {
  return {
    color: readColor(sent.color ?? "") ?? PLAIN_LOOK.color,
    background: readColor(sent.background ?? "") ?? PLAIN_LOOK.background,
  };
}

/** In a query the sign before the digits would begin a fragment: it may be left out. */
const readColor = (text: string): Color | null => parseColor(text.startsWith("#") ? text : `#${text}`);

const problem = (name: string, code: string, message: string): FieldProblem => ({
  pointer: `/query/${name}`,
  code,
  message,
});

/** As SVG, on a plate of its own whatever it lies on. */
export function qrSvg(url: string, look: QrLook, size: number | null): string {
  const { side, runs } = qrRaster(url, look.logo !== null);
  const whole = side + 2 * QUIET;
  const path = runs.map(({ x, y, width }) => `M${x + QUIET} ${y + QUIET}h${width}v1h-${width}z`).join("");
  const measures = size === null ? "" : ` width="${size}" height="${size}"`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${whole} ${whole}"${measures} shape-rendering="crispEdges">` +
    `<rect width="100%" height="100%" fill="${look.background}"/><path fill="${look.color}" d="${path}"/>` +
    `${look.logo ? svgLogo(look.logo, look.background, whole) : ""}</svg>`
  );
}

function svgLogo(logo: QrLogo, background: Color, whole: number): string {
  const plate = plateOf(whole);
  const at = fitted(logo, plate.at + plate.edge, plate.inner);
  const data = `data:image/png;base64,${logo.png.toString("base64")}`;
  return (
    `<rect x="${plate.at}" y="${plate.at}" width="${plate.side}" height="${plate.side}" fill="${background}"/>` +
    `<image x="${at.x}" y="${at.y}" width="${at.width}" height="${at.height}" href="${data}"/>`
  );
}

/** Whole modules in the middle, so that none is half covered; the logo keeps a little distance from them. */
function plateOf(whole: number): { at: number; side: number; edge: number; inner: number } {
  const share = Math.floor((whole - 2 * QUIET) * LOGO_SHARE);
  const side = share % 2 === whole % 2 ? share : share - 1;
  const edge = side * 0.08;
  return { at: (whole - side) / 2, side, edge, inner: side - 2 * edge };
}

function fitted(
  logo: { width: number; height: number },
  at: number,
  inner: number,
): { x: number; y: number; width: number; height: number } {
  const scale = inner / Math.max(logo.width, logo.height);
  const width = logo.width * scale;
  const height = logo.height * scale;
  return { x: at + (inner - width) / 2, y: at + (inner - height) / 2, width, height };
}

/** As a picture of so many pixels; or the least it takes, where that is more. */
export function qrPicture(url: string, look: QrLook, size: number): Picture | { sizeMin: number } {
  const { side, runs } = qrRaster(url, look.logo !== null);
  const whole = side + 2 * QUIET;
  const pixels = Math.floor(size / whole);
  if (pixels < PIXELS_PER_MODULE_MIN) return { sizeMin: whole * PIXELS_PER_MODULE_MIN };
  const margin = Math.floor((size - whole * pixels) / 2);
  const at = (modules: number): number => margin + modules * pixels;
  const parts: PicturePart[] = runs.map(({ x, y, width }) => ({
    kind: "box",
    x: at(x + QUIET),
    y: at(y + QUIET),
    width: width * pixels,
    height: pixels,
    color: look.color,
  }));
  if (look.logo) {
    const plate = plateOf(whole);
    const box = { x: at(plate.at), y: at(plate.at), width: plate.side * pixels, height: plate.side * pixels };
    const logo = fitted(look.logo, at(plate.at + plate.edge), plate.inner * pixels);
    parts.push({ kind: "box", ...box, color: look.background });
    parts.push({ kind: "image", ...logo, data: look.logo.png });
  }
  return { width: size, height: size, color: look.background, parts };
}
