import type { Reader } from "../platform/database.ts";
import type { ConversionRow } from "./conversion.ts";
import { listByExternalId } from "./store.ts";

/** The conversions that stand already for these external ids. */
export async function findKnownConversions(
  reader: Reader,
  externalIds: readonly string[],
): Promise<Map<string, ConversionRow>> {
  if (externalIds.length === 0) return new Map();
  const rows = await listByExternalId(reader, externalIds);
  return new Map(rows.map((row) => [row.externalId, row]));
}
