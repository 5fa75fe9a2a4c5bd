import type { Reader } from "../platform/database.ts";
import type { AttributionTerms } from "./attribution-terms.ts";
import { listAttributionTerms } from "./store/attribution-terms.ts";

const VERSIONS_MAX = 100;

/** What a program has decided by, the newest terms first. */
export function findAttributionTerms(reader: Reader): Promise<AttributionTerms[]> {
  return listAttributionTerms(reader, VERSIONS_MAX);
}
