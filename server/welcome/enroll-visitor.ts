import type { Actor } from "../access/actor.ts";
import { hostCookie } from "../access/cookie.ts";
import { createParticipantLogin } from "../access/create-participant-login.ts";
import { fingerprintOf } from "../access/door.ts";
import { findParticipantLogin } from "../access/find-participant-login.ts";
import type { Access } from "../access/open-access.ts";
import { openParticipantSession } from "../access/open-participant-session.ts";
import type { Language } from "../messages/language.ts";
import type { GroupCommits } from "../platform/group-commit.ts";
import type { BatchAnswer } from "../platform/idempotency.ts";
import { isId } from "../primitives/id.ts";
import { Refusal } from "../primitives/refusal.ts";
import type { SignupRequest } from "../referrals/attribute-signup-requests.ts";
import { parseSignup, type Signup } from "../referrals/signup.ts";

export type Visitor = {
  programId: string;
  name: string;
  email: string;
  code: string | null;
  country: string | null;
  /** What their browser speaks; null: the program's language. */
  language: Language | null;
  isNameShown: boolean;
  hasMarketingConsent: boolean;
  clickId: string | null;
  /** The token of the invitation they opened. */
  invitation: string | null;
  /** Marks the form: sent twice, it joins once. */
  once: string;
  actor: Actor;
  requestId: string;
  /** The browser says the form came from our own page. Only then may a cookie be set. */
  isOwnPage: boolean;
};

export type Enrolment = { participantId: string; setCookies: string[] };

type EnrolVisitorDeps = {
  access: Access;
  intake: GroupCommits<SignupRequest, BatchAnswer | Refusal>;
  emailKey: string;
};

/** Enrols somebody in the same batch as the API does; then, in a second step, lets them sign in. */
export async function enrollVisitor(deps: EnrolVisitorDeps, visitor: Visitor): Promise<Enrolment> {
  const { programId, actor, requestId, once } = visitor;
  const signup = signupOf(visitor, deps.emailKey);
  const { code, clickId, country, isNameShown, hasMarketingConsent } = visitor;
  const sent = [signup.emailHash, signup.name, code, clickId, country, isNameShown, hasMarketingConsent];
  const idempotency = { key: `welcome:${once}`, fingerprint: fingerprintOf(JSON.stringify(sent)) };
  const request = { signup, actor, requestId };
  let answer = await deps.intake.submit(programId, { ...request, idempotency });
  // Gone back to and filled in for somebody else: another sign-up, not the same one again.
  if (answer instanceof Refusal && answer.code === "idempotency_key_reused")
    answer = await deps.intake.submit(programId, { ...request, idempotency: null });
  if (answer instanceof Refusal) throw answer;
  const participantId = idOf(answer.body);
  return { participantId, setCookies: await signIn(deps.access, visitor, signup, participantId) };
}

function signupOf(visitor: Visitor, emailKey: string): Signup {
  const { name, email, code, clickId, invitation, country, isNameShown, hasMarketingConsent } = visitor;
  const referral = {
    ...(code === null ? {} : { code }),
    ...(clickId === null ? {} : { click_id: clickId }),
    ...(invitation === null ? {} : { invitation_token: invitation }),
  };
  const said = { name_shown: isNameShown, marketing_consent: hasMarketingConsent };
  const where = {
    ...(country === null ? {} : { country }),
    ...(visitor.language === null ? {} : { language: visitor.language }),
  };
  const fields = {
    name,
    email,
    ...where,
    ...said,
    ...(Object.keys(referral).length === 0 ? {} : { referral }),
  };
  return parseSignup(fields, emailKey);
}

function idOf(body: unknown): string {
  const id = typeof body === "object" && body !== null && "id" in body ? String(body.id) : "";
  if (!isId("par", id)) throw new Error("A sign-up was answered without a participant.");
  return id;
}

/**
 * Whatever goes wrong here, the person has joined and is told so. Somebody who is signed in stays who they
 * are: this browser may hold the only way into their account.
 */
async function signIn(
  access: Access,
  visitor: Visitor,
  signup: Signup,
  participantId: string,
): Promise<string[]> {
  const signedInAs = "userId" in visitor.actor ? visitor.actor.userId : null;
  try {
    const userId = await findOrCreateLogin(access, visitor.programId, {
      ...signup,
      participantId,
      signedInAs,
    });
    if (userId !== null && userId === signedInAs) access.announce(`user:${userId}`);
    if (userId === null || signedInAs !== null || !visitor.isOwnPage) return [];
    return [...(await openParticipantSession(access, userId)), hostCookie(access.embedCookie, "", 0)];
  } catch (error) {
    access.log.warn({ error, request_id: visitor.requestId }, "somebody joined but was not signed in");
    return [];
  }
}

type LoginUser = NonNullable<Awaited<ReturnType<typeof findParticipantLogin>>>;
type NewLogin = { participantId: string; email: string; name: string; signedInAs: string | null };

/** Null when the address has an account that must be signed in to first, or one with a password. */
async function findOrCreateLogin(access: Access, programId: string, login: NewLogin): Promise<string | null> {
  const { participantId, email, name, signedInAs } = login;
  const mayOpen = ({ userId, hasPassword }: LoginUser): string | null =>
    hasPassword && userId !== signedInAs ? null : userId;
  return access.db.write(programId, async (tx) => {
    const find = () => findParticipantLogin(tx, programId, participantId);
    // There is one already when the form was sent twice.
    const known = await find();
    if (known) return mayOpen(known);
    const created = await createParticipantLogin(tx, programId, { participantId, email, name, signedInAs });
    if (created.kind === "created") return created.userId;
    // Sent twice at once, it may be ourselves who took the address.
    const meanwhile = await find();
    return meanwhile && mayOpen(meanwhile);
  });
}
