import { type Color, contrast } from "../primitives/color.ts";
import type { Brand } from "./brand.ts";
import { logoPath, stylePath } from "./brand-address.ts";
import { type BrandColors, brandThemes } from "./brand-colors.ts";
import type { BrandAnswer, BrandColorsAnswer } from "./contract/brand.ts";

/** The whole brand with what is made of its colour; addresses are complete. */
export function brandWire(programId: string, brand: Brand, publicUrl: string): BrandAnswer {
  const { color, texts, logo } = brand;
  const stylesheet = stylePath(programId, brand);
  return {
    color,
    colors: color && brandColorsWire(color),
    texts,
    logo: logo && { url: `${publicUrl}${logoPath(programId, brand)}`, ...logo },
    stylesheet: stylesheet && `${publicUrl}${stylesheet}`,
  };
}

/** What becomes of a colour, with how well it could be read before and can be read now. */
export function brandColorsWire(color: Color): BrandColorsAnswer {
  const { light, dark } = brandThemes(color);
  return { color, light: themeWire(light, color, "#fafaf8"), dark: themeWire(dark, color, "#101110") };
}

function themeWire(colors: BrandColors, color: Color, ground: Color): BrandColorsAnswer["light"] {
  const { brand, hover, onBrand, brandText, edge, tint } = colors;
  return {
    ...{ brand, hover, on_brand: onBrand, brand_text: brandText, edge, tint },
    fill_contrast: { before: rounded(contrast(color, onBrand)), after: rounded(contrast(brand, onBrand)) },
    text_contrast: { before: rounded(contrast(color, ground)), after: rounded(contrast(brandText, ground)) },
  };
}

/** Down, so that nothing is shown as enough that is not. */
function rounded(ratio: number): number {
  return Math.floor(ratio * 100) / 100;
}
