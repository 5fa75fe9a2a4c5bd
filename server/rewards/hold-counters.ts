import type { Tx } from "../platform/database.ts";
import { insertCounters, listCountersOf, lockCounters } from "./store/counters.ts";

/** How the counters of these keys stand, locked until the transaction ends; nothing is asked where there are none. */
export async function holdCounters(tx: Tx, keys: readonly string[]): Promise<Map<string, bigint>> {
  if (keys.length === 0) return new Map();
  const asked = [...new Set(keys)];
  lockCounters(tx);
  const values = new Map<string, bigint>();
  for (const { key, value } of await listCountersOf(tx, asked)) values.set(key, value);
  const missing = asked.filter((key) => !values.has(key));
  if (missing.length > 0)
    for (const { key, value } of await insertCounters(tx, missing)) values.set(key, value);
  return values;
}
