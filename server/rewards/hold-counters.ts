import type { Tx } from "../platform/database.ts";
import { insertMissingCounters, lockCounters } from "./store/counters.ts";

/** How the counters of these keys stand, locked until the transaction ends; nothing is asked where there are none. */
export async function holdCounters(tx: Tx, keys: readonly string[]): Promise<Map<string, bigint>> {
  if (keys.length === 0) return new Map();
  const asked = [...new Set(keys)].sort();
  await insertMissingCounters(tx, asked);
  return new Map((await lockCounters(tx, asked)).map(({ key, value }) => [key, value]));
}
