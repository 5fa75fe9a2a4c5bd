import { type Html, html } from "../primitives/html.ts";
import { type Brand, type BrandWords, filled, wordsFor } from "../programs/brand.ts";
import { logoPath, stylePath } from "../programs/brand-address.ts";

/** A program as its pages show it. */
export type BrandLook = {
  program: string;
  /** Its colours, after the common style. */
  styles: readonly string[];
  logo: { path: string; width: number; height: number } | null;
  words: BrandWords;
  /** Of the words. */
  language: string;
};

/** Half the pixels of the picture: screens with fine ones show all of them. */
const LOGO_HEIGHT_MAX = 48;

export function brandLook(
  programId: string,
  program: string,
  brand: Brand,
  accepted: string | undefined,
): BrandLook {
  const style = stylePath(programId, brand);
  const path = logoPath(programId, brand);
  const { words, language } = wordsFor(brand.texts, accepted);
  return {
    program,
    styles: style === null ? [] : [style],
    logo: path === null || brand.logo === null ? null : { path, ...shownSize(brand.logo) },
    words,
    language,
  };
}

function shownSize({ width, height }: { width: number; height: number }) {
  const shown = Math.min(LOGO_HEIGHT_MAX, Math.ceil(height / 2));
  return { width: Math.round((width * shown) / height), height: shown };
}

/** Whose page it is: the logo, or the name. */
export function brandMark({ program, logo }: BrandLook): Html {
  if (logo === null) return html`<p class="brand">${program}</p>`;
  return html`<p class="brand"><img class="logo" src="${logo.path}" width="${logo.width}" height="${logo.height}" alt="${program}"></p>`;
}

/** The program's own words where it has some; null: ours. */
export function ownWords(
  { words, language, program }: BrandLook,
  word: keyof BrandWords,
  friend: string,
): Html | null {
  const text = words[word];
  if (text === undefined) return null;
  return html`<span${language !== "en" && html` lang="${language}"`}>${filled(text, { friend, program })}</span>`;
}
