import type { Color } from "../primitives/color.ts";
import { type BrandColors, brandThemes } from "./brand-colors.ts";

/** As it is where the reader's system says light, or dark; for looking at either on the same screen. */
export function styleInTheme(style: string, theme: string | undefined): string {
  if (theme !== "light" && theme !== "dark") return style;
  return style.replaceAll(
    "@media(prefers-color-scheme:dark)",
    theme === "dark" ? "@media all" : "@media not all",
  );
}

/**
 * A style sheet that gives our pages the program's colour, the hosted ones and the portal. The portal has one colour for
 * words and for what is filled, so there it is the one that can be read.
 */
export function brandStyle(color: Color | null): string {
  if (color === null) return "";
  const { light, dark } = brandThemes(color);
  return `:root{${pageTokens(light)}${portalTokens(light, "#ffffff")}}
@media(prefers-color-scheme:dark){:root{${pageTokens(dark)}}}
:root[data-theme=dark]{${portalTokens(dark, "#101110")}}
`;
}

function pageTokens({ brand, hover, onBrand, brandText, edge, tint }: BrandColors): string {
  return `--accent:${brand};--accent-hover:${hover};--on-accent:${onBrand};--accent-text:${brandText};--accent-edge:${edge};--accent-tint:${tint};`;
}

/** Words of the page's own ground reach 4.5 to 1 on what reaches it as words. */
function portalTokens({ brandText, tint }: BrandColors, ground: Color): string {
  return `--color-accent:${brandText};--color-accent-hover:${brandText};--color-on-accent:${ground};--color-accent-tint:${tint};`;
}
