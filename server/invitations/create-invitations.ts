import { findLinks } from "../links/find-links.ts";
import type { Person } from "../participants/participant.ts";
import type { Tx } from "../platform/database.ts";
import { emailHash, isEmail } from "../primitives/email.ts";
import { Refusal } from "../primitives/refusal.ts";
import { findGround } from "./find-ground.ts";
import { findTerms } from "./find-terms.ts";
import type { BatchId, Channel, InvitationId } from "./invitation.ts";
import { daysAfter } from "./limits.ts";
import { fieldProblemsOf, type HashedPerson, peopleProblems } from "./people.ts";
import { readFriendName, readPersonalMessage } from "./personal-message.ts";
import { insertInvitationIdentities, insertInvitations, insertTokens } from "./store/invitations.ts";
import { invitationToken, tokenHash } from "./token.ts";

export type InvitationWish = {
  inviter: Person;
  people: readonly { email: string | null; name: string; message?: string; language?: string }[];
  message: string;
  language: string;
  channel: Channel;
  /** Null: when somebody sends it. */
  scheduledAt: Date | null;
  /** Null: after the program's days. */
  expiresAt: Date | null;
  batchId: BatchId | null;
};

/** Writes down whom somebody invites; nothing goes out by this alone. One problem with anybody, and nothing is written. */
export async function createInvitations(tx: Tx, wish: InvitationWish, key: string): Promise<InvitationId[]> {
  const terms = await findTerms(tx);
  const people = wish.people.map(({ email, name }): HashedPerson => {
    const isUsable = email !== null && isEmail(email);
    return { email, name, emailHash: isUsable ? emailHash(email, key) : null };
  });
  const expiresAt = wish.expiresAt ?? daysAfter(wish.scheduledAt ?? tx.now, terms.expiresDays);
  const problems = timeProblems(wish, expiresAt, tx.now);
  const { inviter, channel } = wish;
  const emailHashes = people.flatMap((one) => one.emailHash ?? []);
  const ground = await findGround(tx, { inviter, emailHashes, channel, terms, key, now: tx.now });
  problems.push(...fieldProblemsOf(peopleProblems(people, ground)));
  const messages = wish.people.map(({ message = wish.message }, index) => {
    const read = readPersonalMessage(message);
    if (read.kind === "ok") return read.text;
    const pointer = wish.people[index]?.message === undefined ? "/message" : `/people/${index}/message`;
    if (!problems.some((one) => one.pointer === pointer))
      problems.push({ pointer, code: read.problem.code, message: read.problem.message });
    return "";
  });
  if (problems.length > 0) throw new Refusal("invalid_invitation", { errors: problems });

  const link = (await findLinks(tx, [inviter.id])).get(inviter.id);
  if (link?.state !== "active") throw new Refusal("expired_link");
  const made = people.map((person, index) => {
    const id = tx.newId("inv");
    const name = readFriendName(person.name);
    return {
      ...{ id, inviterId: inviter.id, linkId: link.id, batchId: wish.batchId, channel },
      // A link to pass on is in the inviter's hands at once.
      state:
        channel === "link"
          ? ("sent" as const)
          : wish.scheduledAt
            ? ("scheduled" as const)
            : ("draft" as const),
      language: wish.people[index]?.language ?? wish.language,
      email: person.email,
      emailHash: person.emailHash,
      name: name.kind === "ok" ? name.text : "",
      message: messages[index] ?? "",
      scheduledAt: channel === "link" ? null : wish.scheduledAt,
      expiresAt,
      tokenHash: tokenHash(invitationToken(id, 1, key)),
    };
  });
  await insertInvitations(tx, made);
  await insertInvitationIdentities(tx, made);
  await insertTokens(tx, made);
  return made.map(({ id }) => id);
}

const SCHEDULE_DAYS_MAX = 365;
const EXPIRES_DAYS_MAX = 365;

function timeProblems({ scheduledAt }: InvitationWish, expiresAt: Date, now: Date) {
  const problems: { pointer: string; code: string; message: string }[] = [];
  const say = (pointer: string, code: string, message: string) => problems.push({ pointer, code, message });
  if (scheduledAt && scheduledAt.getTime() <= now.getTime())
    say("/scheduled_at", "in_the_past", "This moment has passed. Choose a later one, or send it now.");
  if (scheduledAt && scheduledAt.getTime() > daysAfter(now, SCHEDULE_DAYS_MAX).getTime())
    say("/scheduled_at", "too_far", "Choose a moment within a year.");
  if (expiresAt.getTime() <= (scheduledAt ?? now).getTime())
    say("/expires_at", "in_the_past", "It would expire before it goes out.");
  if (expiresAt.getTime() > daysAfter(scheduledAt ?? now, EXPIRES_DAYS_MAX).getTime())
    say("/expires_at", "too_far", "An invitation holds for at most a year.");
  return problems;
}
