import type { Reader } from "../platform/database.ts";
import { readLogo } from "./store/brands.ts";

/** The program's logo as a PNG, or null where it has none. */
export async function findLogo(reader: Reader): Promise<{ logo: Buffer; version: string } | null> {
  return readLogo(reader);
}
