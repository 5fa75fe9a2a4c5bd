import type { LinkId } from "../links/link.ts";
import type { Language } from "../messages/language.ts";
import type { Identity, Participant, ParticipantId } from "../participants/participant.ts";
import { cleanName, emailHash, isEmail } from "../primitives/email.ts";
import { parseInstant } from "../primitives/instant.ts";
import { type FieldProblem, Refusal } from "../primitives/refusal.ts";
import type { Referral } from "./referral.ts";

/** Somebody joins a program, perhaps brought by an advocate. */
export type Signup = Identity & {
  externalId: string | null;
  country: string | null;
  segment: string | null;
  /** Null: the program's. */
  language: Language | null;
  emailHash: string;
  /** They agreed that friends read their first name. */
  isNameShown: boolean;
  hasMarketingConsent: boolean;
  referral: SignupReferral | null;
  /** With it a person known by this e-mail alone is not enrolled a second time. */
  isEmailUnique: boolean;
};

export type SignupReferral = {
  code: string | null;
  clickId: string | null;
  /** From the address of an invitation. */
  invitationToken: string | null;
  /** Every click of this visitor that is kept is a touch. */
  visitorId: string | null;
  /** What the caller knows of earlier touches. */
  carried: readonly CarriedTouch[];
  channel: string | null;
  /** Refuse the sign-up, rather than let the person join without an advocate. */
  isRequired: boolean;
};

export type CarriedTouch = { code: string | null; clickId: string | null; at: Date | null };

export type SignupOutcome =
  | {
      kind: "enrolled";
      person: Participant & Identity;
      link: { id: LinkId; code: string };
      referral: Referral | null;
    }
  /** The external id is known: nothing is changed. */
  | { kind: "known"; participantId: ParticipantId }
  | { kind: "refused"; refusal: Refusal };

export function refusedSignup(code: string, facts: Record<string, string | number> = {}) {
  return { kind: "refused" as const, refusal: new Refusal(code, { facts }) };
}

export type SignupFields = {
  external_id?: string;
  email: string;
  name: string;
  country?: string;
  segment?: string;
  language?: Language;
  name_shown?: boolean;
  marketing_consent?: boolean;
  referral?: {
    code?: string;
    click_id?: string;
    invitation_token?: string;
    visitor_id?: string;
    touches?: readonly { code?: string; click_id?: string; at?: string }[];
    channel?: string;
    required?: boolean;
  };
};

/** A sign-up as it was sent; refuses an address that is not exactly one and a name that says nothing. */
export function parseSignup(sent: SignupFields, emailKey: string): Signup {
  const errors: FieldProblem[] = [];
  const email = sent.email.trim();
  const name = cleanName(sent.name);
  if (!isEmail(email))
    errors.push({ pointer: "/email", code: "invalid_email", message: "This is not an e-mail address." });
  if (name === "")
    errors.push({ pointer: "/name", code: "invalid_name", message: "A name needs at least one letter." });
  const { referral } = sent;
  const carried = (referral?.touches ?? []).map((touch, index) => carriedTouch(touch, index, errors));
  if (errors.length > 0) throw new Refusal("invalid_request", { errors });
  return {
    externalId: sent.external_id ?? null,
    email,
    name,
    country: sent.country ?? null,
    segment: sent.segment ?? null,
    language: sent.language ?? null,
    emailHash: emailHash(email, emailKey),
    isNameShown: sent.name_shown === true,
    hasMarketingConsent: sent.marketing_consent === true,
    isEmailUnique: sent.external_id === undefined,
    referral: referral
      ? {
          code: referral.code || null,
          clickId: referral.click_id || null,
          invitationToken: referral.invitation_token || null,
          visitorId: referral.visitor_id ?? null,
          carried,
          channel: referral.channel ?? null,
          isRequired: referral.required === true,
        }
      : null,
  };
}

function carriedTouch(
  { code, click_id, at }: NonNullable<NonNullable<SignupFields["referral"]>["touches"]>[number],
  index: number,
  errors: FieldProblem[],
): CarriedTouch {
  const time = at === undefined ? null : parseInstant(at);
  const pointer = `/referral/touches/${index}`;
  if (at !== undefined && time === null)
    errors.push({ pointer: `${pointer}/at`, code: "invalid_value", message: "There is no such time." });
  if ((code === undefined) === (click_id === undefined))
    errors.push({ pointer, code: "invalid_value", message: "A touch is a code or a click, one of them." });
  return { code: code ?? null, clickId: click_id ?? null, at: time };
}
