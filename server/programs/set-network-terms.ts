import type { Tx } from "../platform/database.ts";
import type { Overflow } from "./program.ts";
import { updateNetworkTerms } from "./store.ts";

/** Puts what the plan in force says about the network where every sign-up reads it. */
export async function setNetworkTerms(
  tx: Tx,
  terms: { directLimit: number | null; overflow: Overflow; attributionWindowDays: number },
): Promise<void> {
  await updateNetworkTerms(tx, terms);
}
