import type { Brand } from "./brand.ts";

/** Where the logo is, below our address; another picture has another address. */
export function logoPath(programId: string, { logo, version }: Brand): string | null {
  return logo === null ? null : `/brand/${programId}/logo.png?v=${version}`;
}

/** Where the colours are; null where the program has none of its own. */
export function stylePath(programId: string, { color, version }: Brand): string | null {
  return color === null ? null : `/brand/${programId}/style.css?v=${version}`;
}
