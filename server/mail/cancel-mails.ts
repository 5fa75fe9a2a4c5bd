import type { Tx } from "../platform/database.ts";
import type { MailId } from "./mail.ts";
import { markCancelled } from "./store/outbox.ts";

/** Takes back what still waits in the outbox, named by ids or by keys; what is on its way goes on. */
export async function cancelMails(tx: Tx, names: readonly string[]): Promise<MailId[]> {
  if (names.length === 0) return [];
  return (await markCancelled(tx, names)).map(({ id }) => id);
}
