import type { Reader } from "../platform/database.ts";
import type { InvitationTouch } from "./invitation.ts";
import { listTouchesByEmail, listTouchesByToken } from "./store/invitations.ts";
import { isToken, tokenHash } from "./token.ts";

/**
 * The invitations that speak for whoever signs up: those whose tokens they bring, whatever became of them, and those
 * that went to one of their addresses and are still good.
 */
export async function findTouchingInvitations(
  reader: Reader,
  { tokens, emailHashes }: { tokens: readonly string[]; emailHashes: readonly string[] },
): Promise<InvitationTouch[]> {
  const hashes = tokens.filter(isToken).map(tokenHash);
  const [byToken, byEmail] = await Promise.all([
    hashes.length === 0 ? [] : listTouchesByToken(reader, hashes),
    emailHashes.length === 0 ? [] : listTouchesByEmail(reader, emailHashes),
  ]);
  const brought = new Set(byToken.map(({ invitationId }) => invitationId));
  return [...byToken, ...byEmail.filter(({ invitationId }) => !brought.has(invitationId))];
}
