import type { Tx } from "../platform/database.ts";
import { insertActivity } from "./store/activity.ts";

/** Notes that somebody opened their page today; answers whether it is the first time today. */
export async function recordSignIn(tx: Tx, participantId: string): Promise<boolean> {
  return (await insertActivity(tx, participantId)) > 0;
}
