import type { Reader } from "../platform/database.ts";
import type { ConversionRow } from "./conversion.ts";
import { type ConversionFilter, listConversions } from "./store.ts";

/** Conversions, newest first, one page. */
export function findConversions(reader: Reader, filter: ConversionFilter): Promise<ConversionRow[]> {
  return listConversions(reader, filter);
}
