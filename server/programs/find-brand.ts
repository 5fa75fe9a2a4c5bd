import type { Reader } from "../platform/database.ts";
import { type Brand, NO_BRAND } from "./brand.ts";
import { type BrandRow, readBrand } from "./store/brands.ts";

/** How the program looks; our own look where it never said. */
export async function findBrand(reader: Reader): Promise<Brand> {
  const row = await readBrand(reader);
  return row ? brandOf(row) : NO_BRAND;
}

function brandOf({ color, texts, logoWidth, logoHeight, version }: BrandRow): Brand {
  const logo = logoWidth === null || logoHeight === null ? null : { width: logoWidth, height: logoHeight };
  return { color, texts, logo, version };
}
