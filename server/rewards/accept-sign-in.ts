import { recordSignIn } from "../participants/record-sign-in.ts";
import type { Tx } from "../platform/database.ts";
import { releaseHeldRewards } from "./release-held-rewards.ts";

/** Somebody opened their page: it counts as activity, once a day, and lets go what was held until they are active. */
export async function acceptSignIn(tx: Tx, participantId: string): Promise<number> {
  const isFirstToday = await recordSignIn(tx, participantId);
  return isFirstToday ? releaseHeldRewards(tx, [participantId]) : 0;
}
