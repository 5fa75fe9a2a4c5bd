import type { Reader } from "../platform/database.ts";
import type { ConversionRow } from "./conversion.ts";
import { listOvertaken } from "./store.ts";

/** Settled conversions that refunds wait for: both came at the same moment. */
export function findOvertaken(reader: Reader, limit: number): Promise<ConversionRow[]> {
  return listOvertaken(reader, limit);
}
