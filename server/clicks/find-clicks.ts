import type { Reader } from "../platform/database.ts";
import { listClicks, type StoredClick } from "./store.ts";

/** The clicks with these ids; ids nobody clicked are left out. */
export async function findClicks(reader: Reader, ids: readonly string[]): Promise<Map<string, StoredClick>> {
  if (ids.length === 0) return new Map();
  const clicks = await listClicks(reader, ids);
  return new Map(clicks.map((click) => [click.id, click]));
}
