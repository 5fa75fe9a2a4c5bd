import type { Tx } from "../platform/database.ts";
import { addPlanRevision } from "./store.ts";

/** The program has one more published plan: whoever keeps its plans in memory reads them again. */
export async function recordPlanRevision(tx: Tx): Promise<void> {
  await addPlanRevision(tx);
}
