import { createCanvas, loadImage } from "@napi-rs/canvas";

/** Why a file is no picture we take. */
export type PictureProblem = "unknown_format" | "too_large" | "unreadable";
export type Redrawn = { png: Buffer; width: number; height: number };

/** Pixels of what is read: a small file may unfold into a very large picture. */
const PIXELS_MAX = 4_096 * 4_096;
const SIDE_MAX = 8_192;

/**
 * Draws an uploaded PNG, JPEG or WebP anew, no larger than the box: only its pixels survive, nothing that was hidden in
 * the file. Other formats are not even opened; an SVG can carry script.
 */
export async function redraw(
  file: Buffer,
  box: { width: number; height: number },
): Promise<Redrawn | PictureProblem> {
  const size = sizeOf(file);
  if (size === null) return "unknown_format";
  if (size.width > SIDE_MAX || size.height > SIDE_MAX || size.width * size.height > PIXELS_MAX)
    return "too_large";
  const image = await loadImage(file).catch(() => null);
  if (!image || image.width < 1 || image.height < 1) return "unreadable";
  const scale = Math.min(1, box.width / image.width, box.height / image.height);
  const width = Math.max(1, Math.round(image.width * scale));
  const height = Math.max(1, Math.round(image.height * scale));
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext("2d");
  pen.imageSmoothingQuality = "high";
  pen.drawImage(image, 0, 0, width, height);
  return { png: await canvas.encode("png"), width, height };
}

/** What the file says of its size, read before anything is unfolded; null for a format we do not take. */
function sizeOf(file: Buffer): { width: number; height: number } | null {
  if (file.length < 30) return null;
  if (file.readUInt32BE(0) === 0x89504e47 && file.toString("latin1", 12, 16) === "IHDR")
    return { width: file.readUInt32BE(16), height: file.readUInt32BE(20) };
  if (file.readUInt16BE(0) === 0xffd8) return jpegSize(file);
  if (file.toString("latin1", 0, 4) === "RIFF" && file.toString("latin1", 8, 12) === "WEBP")
    return webpSize(file);
  return null;
}

/** Walks over the segments to the one that begins the picture. */
function jpegSize(file: Buffer): { width: number; height: number } | null {
  let at = 2;
  while (at + 9 < file.length) {
    if (file[at] !== 0xff) return null;
    const marker = file[at + 1] ?? 0;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { height: file.readUInt16BE(at + 5), width: file.readUInt16BE(at + 7) };
    at += 2 + file.readUInt16BE(at + 2);
  }
  return null;
}

function webpSize(file: Buffer): { width: number; height: number } | null {
  switch (file.toString("latin1", 12, 16)) {
    case "VP8X":
      return { width: 1 + file.readUIntLE(24, 3), height: 1 + file.readUIntLE(27, 3) };
    case "VP8 ":
      return { width: file.readUInt16LE(26) & 0x3fff, height: file.readUInt16LE(28) & 0x3fff };
    case "VP8L": {
      const bits = file.readUInt32LE(21);
      return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >> 14) & 0x3fff) };
    }
    default:
      return null;
  }
}
