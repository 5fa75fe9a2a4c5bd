import type { Tx } from "../platform/database.ts";
import { markSettled } from "./store.ts";

/** Marks stored conversions settled by a plan, with what settlement saw. */
export async function recordSettled(
  tx: Tx,
  conversions: readonly { id: string; plan_version: number; settlement: object }[],
): Promise<void> {
  if (conversions.length === 0) return;
  await markSettled(tx, conversions);
}
