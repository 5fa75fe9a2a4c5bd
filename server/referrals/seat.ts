import type { Participant, ParticipantId } from "../participants/participant.ts";
import type { OpenPlace } from "../participants/vacancy.ts";
import type { Overflow } from "../programs/program.ts";
import type { Attribution, AttributionReason } from "./attribution.ts";

/** Where a sign-up with a touch ends up in the network. */
export type Seat =
  | { kind: "placed"; advocate: Participant; inviterId: ParticipantId }
  | { kind: "waiting"; advocate: Participant; waitNumber: number }
  | { kind: "none"; advocateId: ParticipantId | null; reason: AttributionReason };

/** Who waits for an advocate: how many, and the last number that was drawn. */
export type Line = { waiting: number; lastNumber: number };

/** The room there is for the sign-ups of one batch, as it stands before each of them. */
export type Seats = {
  /** Whoever may get a direct referral, locked. */
  advocates: Map<string, Participant & { emailHash: string | null }>;
  lines: Map<string, Line>;
  /** Under `spillover`, of each inviter who may run out of room: the next open places, in order. */
  places: Map<string, OpenPlace[]>;
};

/** Null without a limit. What is promised to those who wait is taken. */
export function seatsLeft(advocate: Participant, { lines }: Seats): number | null {
  if (advocate.directLimit === null) return null;
  return advocate.directLimit - advocate.directCount - (lines.get(advocate.id)?.waiting ?? 0);
}

/** What a decision says of seats. */
type Decided =
  | Pick<Extract<Attribution, { kind: "referred" }>, "kind" | "advocateId">
  | Pick<Extract<Attribution, { kind: "refused" }>, "kind" | "advocateId" | "reason">;

/** A referral that counts sits under its advocate; for one beyond the limit the policy decides. */
export function seatOf(attribution: Decided, overflow: Overflow, seats: Seats): Seat {
  const { advocateId } = attribution;
  const advocate = advocateId === null ? undefined : seats.advocates.get(advocateId);
  if (attribution.kind === "referred") {
    if (!advocate) throw new Error("A referral counts and its advocate is not known.");
    return { kind: "placed", advocate, inviterId: advocate.id };
  }
  const { reason } = attribution;
  const isBeyondLimit = reason === "direct_limit_reached" && advocate !== undefined;
  const beyond = isBeyondLimit ? seatBeyondLimit(advocate, overflow, seats) : null;
  return beyond ?? { kind: "none", advocateId, reason };
}

function seatBeyondLimit(inviter: Participant, overflow: Overflow, seats: Seats): Seat | null {
  switch (overflow) {
    case "reject":
    case "no_reward":
      return null;
    case "spillover": {
      const advocate = nextOpen(inviter.id, seats);
      return advocate && { kind: "placed", advocate, inviterId: inviter.id };
    }
    case "waitlist": {
      const waitNumber = (seats.lines.get(inviter.id)?.lastNumber ?? 0) + 1;
      return { kind: "waiting", advocate: inviter, waitNumber };
    }
  }
}

/** As many places were read as there are sign-ups, so whatever those before this one took, the next is among them. */
function nextOpen(inviterId: ParticipantId, seats: Seats): Participant | null {
  for (const { participantId } of seats.places.get(inviterId) ?? []) {
    const candidate = seats.advocates.get(participantId);
    if (candidate?.status === "active" && (seatsLeft(candidate, seats) ?? 1) > 0) return candidate;
  }
  return null;
}
