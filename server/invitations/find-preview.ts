import { invitation as message } from "../messages/catalogue/invitation.ts";
import { renderMail } from "../messages/composition.ts";
import { languageOf } from "../messages/language.ts";
import type { RenderedLetter } from "../messages/letter.ts";
import type { Person } from "../participants/participant.ts";
import type { Reader } from "../platform/database.ts";
import { findLook } from "../programs/find-look.ts";
import type { NamedInvitation } from "./invitation.ts";
import { invitationFacts, shownName } from "./letter.ts";
import type { Posting } from "./post-invitation-mails.ts";

type Draft = Pick<NamedInvitation, "name" | "message" | "tokenNumber" | "expiresAt" | "language"> & {
  id: string;
};

/** The mail of an invitation, as the outbox would send it. */
export async function findPreview(
  reader: Reader,
  inviter: Person,
  invitation: Draft,
  posting: Posting,
): Promise<RenderedLetter> {
  const offer = await posting.findOffer(reader, invitation.language);
  const facts = invitationFacts(invitation, { inviter: shownName(inviter), offer, ...posting });
  const language = languageOf(invitation.language);
  const look = { ...(await findLook(reader)), address: null };
  return renderMail({ message, language, facts, program: look.program }, look, `${posting.publicUrl}/stop`);
}
