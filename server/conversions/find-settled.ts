import type { Reader } from "../platform/database.ts";
import type { ConversionRow } from "./conversion.ts";
import { listSettledById } from "./store.ts";

/** Settled conversions, by id. */
export async function findSettled(
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, ConversionRow>> {
  const rows = ids.length === 0 ? [] : await listSettledById(reader, ids);
  return new Map(rows.map((row) => [row.id, row]));
}
