import { findPersons } from "../participants/find-persons.ts";
import type { Tx } from "../platform/database.ts";
import { verdictOf } from "./actions.ts";
import { findTerms } from "./find-terms.ts";
import { type Posting, postInvitationMails } from "./post-invitation-mails.ts";
import { isEuropean } from "./region.ts";
import { forgetReminders, lockDueReminders, lockInvitations } from "./store/invitations.ts";

const DUE_MAX = 200;

/** Sends the one reminder of invitations that nobody has used, where the program wants that; answers how many were due. */
export async function sendDueReminders(tx: Tx, posting: Posting): Promise<number> {
  const due = (await lockDueReminders(tx, DUE_MAX)).map(({ id }) => id);
  if (due.length === 0) return 0;
  // Whatever becomes of them now, they are not due a second time.
  await forgetReminders(tx, due);
  const terms = await findTerms(tx);
  if (terms.reminderDays === null) return due.length;
  const invitations = await lockInvitations(tx, due);
  const persons = await findPersons(
    tx,
    invitations.map(({ inviterId }) => inviterId),
  );
  const wanted = invitations.filter((one) => {
    const country = persons.get(one.inviterId)?.country ?? null;
    const mayRemind = terms.remindersToEurope || !isEuropean(one.email ?? "", country);
    return verdictOf("remind", one, { now: tx.now, mayRemind }).kind === "may";
  });
  await postInvitationMails(tx, wanted, "invitation_reminder", posting);
  return due.length;
}
