import type { Tx } from "../platform/database.ts";
import { dayOf, daysAfter, recipientWindow } from "./limits.ts";
import { purgeAllowances, purgeRecipients } from "./store/allowances.ts";
import { purgeIdentities } from "./store/invitations.ts";

/** Whom an invitation was for is known this long after its end. */
const IDENTITY_DAYS = 180;
const IDENTITIES_MAX = 5_000;

/** Forgets what is no longer needed: names of people who never came, and counts of days gone by. */
export async function purgeInvitations(tx: Tx): Promise<number> {
  await purgeRecipients(tx, recipientWindow(tx.now));
  await purgeAllowances(tx, dayOf(daysAfter(tx.now, -2)).day);
  return purgeIdentities(tx, daysAfter(tx.now, -IDENTITY_DAYS), IDENTITIES_MAX);
}
