import { findMailContent } from "../mail/find-mail-content.ts";
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

/** The mail of an invitation, as the outbox would send it: in the program’s own words, where it has some. */
export async function findPreview(
  reader: Reader,
  inviter: Person,
  invitation: Draft,
  posting: Posting,
): Promise<RenderedLetter> {
  const offer = await posting.findOffer(reader, invitation.language);
  const facts = invitationFacts(invitation, { inviter: shownName(inviter), offer, ...posting });
  const mail = { message: "invitation", language: invitation.language, facts };
  const content = await findMailContent(reader, mail, findLook, `${posting.publicUrl}/stop`);
  if (!content) throw new Error("There is no mail called invitation.");
  return content;
}
