import { postMails } from "../mail/post-mails.ts";
import { findPersons } from "../participants/find-persons.ts";
import type { Reader, Tx } from "../platform/database.ts";
import { findTerms } from "./find-terms.ts";
import type { NamedInvitation } from "./invitation.ts";
import { invitationFacts, shownName } from "./letter.ts";
import { daysAfter, MAILS_PER_RECIPIENT_MAX, recipientWindow } from "./limits.ts";
import { isEuropean } from "./region.ts";
import { claimRecipients } from "./store/allowances.ts";
import { recordMails } from "./store/invitations.ts";

/** What a mail needs from around it. */
export type Posting = {
  /** Keys hashes and makes tokens. */
  key: string;
  publicUrl: string;
  /** What an invited friend gets, as a sentence; null where there is nothing to say. */
  findOffer: (reader: Reader, language: string) => Promise<string | null>;
};

/**
 * Puts the mails of invitations into the outbox: at most one to an address at a time, and none to somebody who has had
 * enough. Answers the ids of those that were not posted.
 */
export async function postInvitationMails(
  tx: Tx,
  invitations: readonly NamedInvitation[],
  kind: "invitation" | "invitation_reminder",
  posting: Posting,
): Promise<Set<string>> {
  const terms = await findTerms(tx);
  const persons = await findPersons(
    tx,
    invitations.map(({ inviterId }) => inviterId),
  );
  const countryOf = (inviterId: string) => persons.get(inviterId)?.country ?? null;
  const mailable = invitations.filter(
    ({ email, inviterId }) =>
      email !== null && (terms.mailsToEurope || !isEuropean(email, countryOf(inviterId))),
  );
  const hashes = [...new Set(mailable.flatMap(({ emailHash }) => emailHash ?? []))];
  const since = recipientWindow(tx.now);
  const claimed = new Set(
    (await claimRecipients(tx, hashes, since, MAILS_PER_RECIPIENT_MAX)).map((row) => row.recipientHash),
  );
  const posted = mailable.filter(({ emailHash }) => emailHash !== null && claimed.delete(emailHash));
  const offers = new Map<string, string | null>();
  for (const language of new Set(posted.map((one) => one.language)))
    offers.set(language, await posting.findOffer(tx, language));
  await postMails(
    tx,
    posted.map((one) => {
      const inviter = shownName(persons.get(one.inviterId));
      return {
        message: kind,
        language: one.language,
        facts: invitationFacts(one, { inviter, offer: offers.get(one.language) ?? null, ...posting }),
        to: one.email ?? "",
        participantId: null,
        inviterId: one.inviterId,
        subjectId: one.id,
        fromName: inviter,
        key: `${one.id} ${one.mails + 1}`,
        sendAt: null,
      };
    }),
  );
  const isReminder = kind === "invitation_reminder";
  const { reminderDays } = terms;
  const ids = posted.map(({ id }) => id);
  const remindAt = reminderDays === null || isReminder ? null : daysAfter(tx.now, reminderDays);
  await recordMails(tx, ids, { isReminder, remindAt });
  const done = new Set<string>(ids);
  return new Set(invitations.map(({ id }) => id).filter((id) => !done.has(id)));
}
