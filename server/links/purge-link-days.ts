import type { Tx } from "../platform/database.ts";
import { deleteLinkDays } from "./store/counts.ts";

const DAYS_KEPT = 400;

/** Forgets on which day a link was opened, a year and a bit later; how often in all stays. */
export function purgeLinkDays(tx: Tx): Promise<number> {
  return deleteLinkDays(tx, DAYS_KEPT);
}
