import type { Actor } from "../access/actor.ts";
import { findParticipantLogin } from "../access/find-participant-login.ts";
import { findProfile } from "../access/find-profile.ts";
import { findLinks } from "../links/find-links.ts";
import { linkUrl } from "../links/link.ts";
import { findPersons } from "../participants/find-persons.ts";
import type { Database, Reader } from "../platform/database.ts";
import type { Brand } from "../programs/brand.ts";
import { findBrand } from "../programs/find-brand.ts";
import { findProgram } from "../programs/find-program.ts";
import { findReferrals } from "../referrals/find-referrals.ts";
import { findWaitPositions } from "../referrals/find-wait-positions.ts";
import { firstName, nameShown } from "./invitation.ts";
import type { Entry, JoinedView } from "./joined-page.ts";
import type { Pass } from "./pass.ts";

export type Joined = Omit<JoinedView, "offer" | "pass" | "look" | "verify" | "progress"> & {
  brand: Brand;
  email: string;
  isEmailVerified: boolean;
};

/** Somebody who has just joined, as their welcome shows them; null when they are gone. */
export async function findJoined(
  db: Database,
  { programId, participantId }: Pass,
  actor: Actor,
  publicUrl: string,
): Promise<Joined | null> {
  return db.read(programId, async (reader) => {
    const { name: program, timeZone } = await findProgram(reader);
    const person = (await findPersons(reader, [participantId])).get(participantId);
    const link = (await findLinks(reader, [participantId])).get(participantId);
    if (person?.status !== "active" || !link) return null;
    const referral = (await findReferrals(reader, [participantId])).get(participantId);
    const isReferred = referral !== undefined && referral.status !== "not_eligible";
    // Thanked is who invited, wherever the place was found.
    const advocateId = isReferred ? referral.inviterId : null;
    const position = (await findWaitPositions(reader, [referral ?? null])).get(participantId) ?? null;
    const advocate = advocateId && (await findPersons(reader, [advocateId])).get(advocateId);
    return {
      program,
      timeZone,
      joinedAt: person.createdAt,
      email: person.email,
      isEmailVerified: person.emailVerifiedAt !== null,
      brand: await findBrand(reader),
      name: firstName(person.name),
      isInvited: isReferred,
      advocate: advocate ? nameShown(advocate) : null,
      waitPosition: position,
      reasons: isReferred || referral === undefined ? [] : referral.reasons,
      link: linkUrl(publicUrl, link.code),
      entry: await findEntry(reader, { programId, participantId }, person.email, actor),
    };
  });
}

async function findEntry(reader: Reader, pass: Pass, email: string, actor: Actor): Promise<Entry> {
  const userId = "userId" in actor ? actor.userId : null;
  const login = await findParticipantLogin(reader, pass.programId, pass.participantId);
  if (login) {
    if (login.userId === userId) return "open";
    return userId === null ? "no_cookie" : "other_account";
  }
  if (userId === null) return "account_exists";
  const { user } = await findProfile(reader, actor);
  return user?.email === email.toLowerCase() ? "may_add" : "account_exists";
}
