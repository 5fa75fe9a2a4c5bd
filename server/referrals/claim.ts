import type { ParticipantId } from "../participants/participant.ts";
import type { Id } from "../primitives/id.ts";
import { Refusal } from "../primitives/refusal.ts";
import { hasPlace } from "./reassignment.ts";
import type { Referral } from "./referral.ts";

export type ClaimId = Id<"clm">;

export const CLAIM_STATES = ["open", "approved", "rejected", "expired"] as const;
export type ClaimState = (typeof CLAIM_STATES)[number];

/** "Somebody invited me": asked for by the friend, decided by the operator. */
export type Claim = {
  id: ClaimId;
  participantId: ParticipantId;
  /** As it was typed, where it was a code. */
  code: string | null;
  /** Whom the code or the address belongs to; null where to nobody here. */
  advocateId: ParticipantId | null;
  /** The day they say they were invited, as a date. */
  invitedOn: string | null;
  note: string | null;
  state: ClaimState;
  createdAt: Date;
  expiresAt: Date;
  decidedBy: string | null;
  decidedAt: Date | null;
  decisionReason: string | null;
};

const DAY_MS = 86_400_000;

/** Until when somebody may say who invited them; null where the program takes no claims. */
function claimableUntil(joinedAt: Date, windowDays: number): Date | null {
  return windowDays === 0 ? null : new Date(joinedAt.getTime() + windowDays * DAY_MS);
}

/** Why somebody cannot claim; null where they can. */
export function refuseClaim(
  { id, createdAt }: { id: ParticipantId; createdAt: Date },
  referral: Referral | null,
  advocateId: ParticipantId | null,
  windowDays: number,
  now: Date,
): Refusal | null {
  const until = claimableUntil(createdAt, windowDays);
  if (until === null) return new Refusal("claims_off");
  if (referral && (hasPlace(referral.status) || referral.status === "waitlisted"))
    return new Refusal("already_has_advocate");
  if (now.getTime() > until.getTime())
    return new Refusal("claim_window_over", { facts: { days: windowDays } });
  return advocateId === id ? new Refusal("own_link") : null;
}
