import type { Person } from "../participants/participant.ts";
import type { NamedInvitation } from "./invitation.ts";
import { invitationToken, invitationUrl } from "./token.ts";

type Around = { inviter: string | null; offer: string | null; key: string; publicUrl: string };

/** What the mail of an invitation tells. */
export function invitationFacts(
  invitation: Pick<NamedInvitation, "name" | "message" | "tokenNumber" | "expiresAt"> & { id: string },
  { inviter, offer, key, publicUrl }: Around,
): Record<string, string | null> {
  const { id, name, message, tokenNumber, expiresAt } = invitation;
  return {
    inviter,
    friend: name === "" ? null : name,
    offer,
    personal_message: message === "" ? null : message,
    link: invitationUrl(publicUrl, invitationToken(id, tokenNumber, key)),
    expires_on: expiresAt.toISOString().slice(0, 10),
  };
}

/** Whom the friend reads of: only who agreed to be named, and only by the first name. */
export function shownName(person: Pick<Person, "name" | "isNameShown"> | undefined): string | null {
  if (!person?.isNameShown) return null;
  return person.name.split(" ")[0] || null;
}
