import type { Tx } from "../platform/database.ts";
import type { NewConversion } from "./conversion.ts";
import { insertConversions } from "./store.ts";

/** Stores conversions. A repeated external id violates the table's key: whoever calls has looked before. */
export async function recordConversions(tx: Tx, conversions: readonly NewConversion[]): Promise<void> {
  if (conversions.length === 0) return;
  insertConversions(tx, conversions);
}
