import type { Tx } from "../platform/database.ts";
import { parseColor } from "../primitives/color.ts";
import { cleanName } from "../primitives/email.ts";
import { type BrandTexts, checkBrand } from "./brand.ts";
import { upsertBrand } from "./store/brands.ts";

/** Replaces the program's colour and words. */
export async function setBrand(tx: Tx, brand: { color: string | null; texts: BrandTexts }): Promise<void> {
  checkBrand(brand);
  const color = brand.color === null ? null : parseColor(brand.color);
  await upsertBrand(tx, { color, texts: cleanTexts(brand.texts), version: tx.newId("evt").slice(4) });
}

/** As they may be shown to others; a word without a letter is no word. */
function cleanTexts(texts: BrandTexts): BrandTexts {
  return Object.fromEntries(
    Object.entries(texts).map(([language, words]) => [
      language,
      Object.fromEntries(
        Object.entries(words)
          .map(([word, text]) => [word, cleanName(text)] as const)
          .filter(([, text]) => text !== ""),
      ),
    ]),
  );
}
