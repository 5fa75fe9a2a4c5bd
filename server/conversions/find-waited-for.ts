import type { Reader } from "../platform/database.ts";
import { listWaitedFor } from "./store.ts";

/** The external ids among these that refunds wait for. */
export async function findWaitedFor(reader: Reader, externalIds: readonly string[]): Promise<Set<string>> {
  if (externalIds.length === 0) return new Set();
  const rows = await listWaitedFor(reader, externalIds);
  return new Set(rows.map((row) => row.waitsFor));
}
