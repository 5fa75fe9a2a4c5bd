import type { Reader } from "../platform/database.ts";
import { countOpenClaims } from "./store/claims.ts";

/** How many claims wait for a decision. */
export function findOpenClaims(reader: Reader): Promise<number> {
  return countOpenClaims(reader);
}
