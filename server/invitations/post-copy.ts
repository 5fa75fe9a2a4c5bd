import { postMails } from "../mail/post-mails.ts";
import type { Person } from "../participants/participant.ts";
import type { Tx } from "../platform/database.ts";
import { invitationFacts, shownName } from "./letter.ts";
import type { Posting } from "./post-invitation-mails.ts";
import { listInvitations } from "./store/invitations.ts";

/** The first of these as its inviter would like to see it, too. It is no mail of the invitation: its fate moves nothing. */
export async function postCopy(
  tx: Tx,
  inviter: Person,
  ids: readonly string[],
  posting: Posting,
): Promise<void> {
  const [first] = await listInvitations(tx, ids.slice(0, 1));
  if (!first || inviter.email === "") return;
  const offer = await posting.findOffer(tx, first.language);
  await postMails(tx, [
    {
      message: "invitation",
      language: first.language,
      facts: invitationFacts(first, { inviter: shownName(inviter), offer, ...posting }),
      to: inviter.email,
      participantId: inviter.id,
      subjectId: null,
      fromName: null,
      key: `${first.id} copy`,
      sendAt: null,
    },
  ]);
}
