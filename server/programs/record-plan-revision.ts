import type { Tx } from "../platform/database.ts";
import { addPlanRevision, lockTermsAlone } from "./store.ts";

/**
 * What the program pays by is about to change: whoever keeps its plans in memory reads them again. Waits for all that
 * is being settled by what there was before.
 */
export async function recordPlanRevision(tx: Tx): Promise<void> {
  await lockTermsAlone(tx);
  await addPlanRevision(tx);
}
