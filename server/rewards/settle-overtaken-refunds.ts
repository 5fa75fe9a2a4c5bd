import { findOvertaken } from "../conversions/find-overtaken.ts";
import type { Tx } from "../platform/database.ts";
import { settleWaitingRefunds } from "./settle-waiting-refunds.ts";

/** Purchases looked at in one transaction; the worker calls again until there is none. */
const OVERTAKEN_MAX = 100;

/** Applies refunds that came at the very moment their purchase was settled, so that neither saw the other. */
export async function settleOvertakenRefunds(tx: Tx): Promise<number> {
  return (await settleWaitingRefunds(tx, await findOvertaken(tx, OVERTAKEN_MAX))).size;
}
