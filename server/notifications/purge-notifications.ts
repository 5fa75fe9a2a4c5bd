import type { Tx } from "../platform/database.ts";
import { deleteOldNotifications } from "./store.ts";

const KEPT_DAYS = 180;
const DAY_MS = 86_400_000;
/** Deleted by one transaction; the worker calls again until none is left. */
const PURGED_MAX = 5_000;

/** Forgets what was told half a year ago; what still waits to be mailed stays. Answers how many. */
export function purgeNotifications(tx: Tx): Promise<number> {
  return deleteOldNotifications(tx, new Date(tx.now.getTime() - KEPT_DAYS * DAY_MS), PURGED_MAX);
}
