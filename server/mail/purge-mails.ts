import type { Tx } from "../platform/database.ts";
import { forgetPersonal } from "./store/outbox.ts";

const KEPT_DAYS = 30;
const BATCH_MAX = 1_000;

/** Forgets whom mails went to and what they told, some time after they ended; answers how many. */
export async function purgeMails(tx: Tx): Promise<number> {
  return forgetPersonal(tx, KEPT_DAYS, BATCH_MAX);
}
