import fs from "node:fs";
import type { Fonts } from "./style.ts";

const NAMES: Record<keyof Fonts, RegExp> = {
  sans: /^instrument-sans-latin-wght-normal-.*\.woff2$/,
  sansExtended: /^instrument-sans-latin-ext-wght-normal-.*\.woff2$/,
  serif: /^newsreader-latin-400-normal-.*\.woff2$/,
  serifExtended: /^newsreader-latin-ext-400-normal-.*\.woff2$/,
};

/** Looks once, at start, into the folder that is served as `address`. */
export function findFonts(folder: string, address = "/app/assets"): Fonts {
  const files = fs.existsSync(folder) ? newestFirst(folder) : [];
  const find = (face: keyof Fonts): string | null => {
    const name = files.find((file) => NAMES[face].test(file));
    return name === undefined ? null : `${address}/${name}`;
  };
  return {
    sans: find("sans"),
    sansExtended: find("sansExtended"),
    serif: find("serif"),
    serifExtended: find("serifExtended"),
  };
}

/** The pieces of earlier builds stay beside those of the last one for a while. */
function newestFirst(folder: string): string[] {
  const age = (name: string) => fs.statSync(`${folder}/${name}`).mtimeMs;
  return fs
    .readdirSync(folder)
    .filter((name) => name.endsWith(".woff2"))
    .sort((a, b) => age(b) - age(a));
}
