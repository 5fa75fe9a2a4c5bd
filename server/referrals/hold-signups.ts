import type { Tx } from "../platform/database.ts";
import { lockSignups } from "./store.ts";

/**
 * Sign-ups of a program come one batch after the other, on whatever instance, until the transaction ends: nobody
 * joins twice by joining in two places, or under a limit that is being changed.
 */
export async function holdSignups(tx: Tx): Promise<void> {
  await lockSignups(tx);
}
