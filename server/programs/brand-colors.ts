import { type Color, contrast, movedUntil, nudged, shaded } from "../primitives/color.ts";

/** A brand in one theme. */
export type BrandColors = {
  /** What large things are filled with: the brand's own colour. */
  brand: Color;
  hover: Color;
  /** Words on it. */
  onBrand: Color;
  /** The brand's hue as words and signs on the page. */
  brandText: Color;
  /** Where the fill alone could not be told from the page. */
  edge: Color;
  /** The faintest of it, behind words. */
  tint: Color;
};

export type BrandThemes = { light: BrandColors; dark: BrandColors };

/** WCAG 2.2: words, and what is large or an edge. */
const WORDS_MIN = 4.5;
const EDGES_MIN = 3;

const LIGHT = { grounds: ["#fafaf8", "#ffffff", "#f3f3f0"], towards: "dark" } as const;
const DARK = { grounds: ["#101110", "#171816", "#0c0d0c"], towards: "light" } as const;
const WHITE: Color = "#ffffff";
const INK: Color = "#1b1c19";

/**
 * One colour in, everything a page needs out, readable whatever the colour was: words reach 4.5 to 1, edges 3 to 1, in
 * both themes. The fill stays as it is wherever words can be read on it.
 */
export function brandThemes(color: Color): BrandThemes {
  return { light: colorsOn(LIGHT, color), dark: colorsOn(DARK, color) };
}

type Theme = { grounds: readonly Color[]; towards: "dark" | "light" };

function colorsOn({ grounds, towards }: Theme, color: Color): BrandColors {
  const isLight = towards === "dark";
  const tint = shaded(color, isLight ? 0.955 : 0.26, isLight ? 0.03 : 0.04);
  const { brand, onBrand } = fillOf(color);
  return {
    brand,
    onBrand,
    hover: hoverOf(brand, onBrand),
    brandText: movedUntil(color, [...grounds, tint], WORDS_MIN, towards),
    edge: movedUntil(brand, grounds, EDGES_MIN, towards),
    tint,
  };
}

/** White words where they can be read, dark ones else; between the two the fill gives way, by a hair. */
function fillOf(color: Color): { brand: Color; onBrand: Color } {
  if (contrast(color, WHITE) >= WORDS_MIN) return { brand: color, onBrand: WHITE };
  if (contrast(color, INK) >= WORDS_MIN) return { brand: color, onBrand: INK };
  return { brand: movedUntil(color, [WHITE], WORDS_MIN, "dark"), onBrand: WHITE };
}

const HOVER = 0.05;

/** Away from the words on it, so that they stay readable; black has no darker and white no lighter. */
function hoverOf(brand: Color, onBrand: Color): Color {
  return nudged(brand, onBrand === WHITE ? -HOVER : HOVER);
}
