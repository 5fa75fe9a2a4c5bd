import type { Identity, Participant, ParticipantId } from "../participants/participant.ts";
import { Refusal } from "../primitives/refusal.ts";
import type { Referral } from "./referral.ts";

/** Somebody joins a program, perhaps brought by an advocate. */
export type Signup = Identity & {
  externalId: string | null;
  country: string | null;
  emailHash: string;
  referral: SignupReferral | null;
  /** With it a person known by this e-mail alone is not enrolled a second time. */
  isEmailUnique: boolean;
};

export type SignupReferral = {
  code: string | null;
  clickId: string | null;
  /** Refuse the sign-up, rather than let the person join without an advocate. */
  isRequired: boolean;
};

export type SignupOutcome =
  | {
      kind: "enrolled";
      person: Participant & Identity;
      link: { id: string; code: string };
      referral: Referral | null;
    }
  /** The external id is known: nothing is changed. */
  | { kind: "known"; participantId: ParticipantId }
  | { kind: "refused"; refusal: Refusal };

export function refusedSignup(code: string, facts: Record<string, string | number> = {}) {
  return { kind: "refused" as const, refusal: new Refusal(code, { facts }) };
}
