import { findRefusing } from "../mail/find-refusing.ts";
import { findEmailOwners } from "../participants/find-email-owners.ts";
import type { Person } from "../participants/participant.ts";
import type { Reader } from "../platform/database.ts";
import { emailHash } from "../primitives/email.ts";
import type { Channel } from "./invitation.ts";
import { type InvitationTerms, MAILS_PER_RECIPIENT_MAX, recipientWindow } from "./limits.ts";
import type { Ground } from "./people.ts";
import { isEuropean } from "./region.ts";
import { listFullRecipients } from "./store/allowances.ts";
import { listInvitedHashes } from "./store/invitations.ts";

type Wanted = {
  inviter: Person;
  emailHashes: readonly string[];
  channel: Channel;
  terms: InvitationTerms;
  key: string;
  now: Date;
};

/** What is known of the people somebody wants to invite: a fixed number of statements, however many they are. */
export async function findGround(reader: Reader, wanted: Wanted): Promise<Ground> {
  const { inviter, emailHashes, channel, terms, key, now } = wanted;
  const mail = { message: "invitation", kind: "invitation", inviterId: inviter.id } as const;
  const [owners, invited, suppressed, full] = await Promise.all([
    findEmailOwners(reader, emailHashes, []),
    listInvitedHashes(reader, inviter.id, emailHashes),
    channel === "link" ? new Set<string>() : findRefusing(reader, emailHashes, mail),
    channel === "link"
      ? []
      : listFullRecipients(reader, emailHashes, recipientWindow(now), MAILS_PER_RECIPIENT_MAX),
  ]);
  const isFree = channel === "link" || terms.mailsToEurope;
  return {
    inviterEmailHash: emailHash(inviter.email, key),
    members: owners.taken,
    invited: new Set(invited.map((row) => row.emailHash)),
    suppressed,
    full: new Set(full.map((row) => row.recipientHash)),
    isEuropeRefused: (email) => !isFree && isEuropean(email, inviter.country),
  };
}
