import type { Reader } from "../platform/database.ts";
import type { Moment } from "./moment.ts";
import { listMovements } from "./store/finance.ts";
import { type TrialBalance, trialBalanceOf } from "./trial-balance.ts";

/** Every account class as of a moment. Takes as long as there are transfers to look at. */
export async function findTrialBalance(reader: Reader, moment: Moment): Promise<TrialBalance> {
  return trialBalanceOf(await listMovements(reader, moment));
}
