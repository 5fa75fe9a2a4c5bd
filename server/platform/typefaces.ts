import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { GlobalFonts } from "@napi-rs/canvas";
import { fromRoot } from "./installation.ts";

/** The faces pictures are drawn with, as a list to fall back along: a letter is taken from the first that has it. */
export type Typefaces = { sans: string; serif: string };

/** Beside the built server, else where npm puts them. */
const FOLDERS = [
  ["dist", "server", "fonts"],
  ["node_modules", "@fontsource-variable", "instrument-sans", "files"],
  ["node_modules", "@fontsource", "newsreader", "files"],
  ["node_modules", "@fontsource", "noto-sans-devanagari", "files"],
];
const FACES: [family: string, file: string][] = [
  ["RH Sans", "instrument-sans-latin-wght-normal.woff2"],
  ["RH Sans Extended", "instrument-sans-latin-ext-wght-normal.woff2"],
  ["RH Serif", "newsreader-latin-400-normal.woff2"],
  ["RH Serif Extended", "newsreader-latin-ext-400-normal.woff2"],
  ["RH Devanagari", "noto-sans-devanagari-devanagari-400-normal.woff2"],
];
const REST = `"RH Devanagari", sans-serif`;
const TYPEFACES: Typefaces = {
  sans: `"RH Sans", "RH Sans Extended", ${REST}`,
  serif: `"RH Serif", "RH Serif Extended", ${REST}`,
};

let areOpen = false;

/** Registers our faces with the drawing library, once in a process. What is missing is drawn in the system's. */
export function openTypefaces(): Typefaces {
  if (areOpen) return TYPEFACES;
  areOpen = true;
  const folders = FOLDERS.map((parts) => fromRoot(...parts)).filter((folder) => existsSync(folder));
  const files = folders.flatMap((folder) => readdirSync(folder).map((name) => ({ name, folder })));
  for (const [family, file] of FACES) {
    const found = files.find(({ name }) => name === file);
    if (found) GlobalFonts.registerFromPath(join(found.folder, found.name), family);
  }
  return TYPEFACES;
}
