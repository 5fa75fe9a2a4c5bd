import type { Tx } from "../platform/database.ts";
import { deleteUnsubscriptions } from "./store/suppressions.ts";

/** Somebody who stopped mails asks for some again; what servers and operators know of the address stays. */
export async function acceptMailsAgain(tx: Tx, recipientHash: string): Promise<void> {
  await deleteUnsubscriptions(tx, recipientHash);
}
