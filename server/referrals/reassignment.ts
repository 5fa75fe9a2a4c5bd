import type { Participant, ParticipantId } from "../participants/participant.ts";
import type { Id } from "../primitives/id.ts";
import { Refusal } from "../primitives/refusal.ts";
import type { Referral, ReferralId, ReferralStatus } from "./referral.ts";

export type ReassignmentId = Id<"rea">;

/** What somebody had of the referee's conversions in one currency, and has after they are settled again. */
export type MovedMoney = { participant_id: ParticipantId; currency: string; before: number; after: number };

/** The name of somebody; null where nobody has this id any more. */
export type NameOf = (id: string | null) => string | null;

/** A decision that put somebody under another advocate. Never changed. */
export type Reassignment = {
  id: ReassignmentId;
  referralId: ReferralId;
  refereeId: ParticipantId;
  /** Null where nobody held the place. */
  formerAdvocateId: ParticipantId | null;
  advocateId: ParticipantId;
  /** Whom the place was asked for, where it was found below them. */
  inviterId: ParticipantId | null;
  claimId: string | null;
  proposalId: string | null;
  reason: string;
  decidedBy: string | null;
  decidedAt: Date;
  money: MovedMoney[];
};

/** What is to move, with everything it depends on held. */
export type Move = {
  referee: Participant;
  emailHash: string;
  /** Null where nothing ever said that somebody brought them. */
  referral: Referral | null;
  /** Who holds the place above them now. */
  formerAdvocateId: ParticipantId | null;
  /** Who is to hold it. */
  advocate: Participant;
  inviterId: ParticipantId;
  /** Everybody below them, by level. */
  below: readonly { id: ParticipantId; level: number }[];
};

/** Those of a referral who stand below an advocate: who waits does not, and who was refused does not. */
export function hasPlace(status: ReferralStatus): boolean {
  return status === "joined" || status === "qualified" || status === "rewarded";
}

/** Why this person cannot stand under that advocate, whatever room there is; null where they may. */
export function refuseMove(
  referee: Participant,
  advocate: Participant,
  formerAdvocateId: ParticipantId | null,
  isSamePerson: boolean,
): Refusal | null {
  if (referee.status === "erased") return new Refusal("not_found");
  if (advocate.id === referee.id || isSamePerson) return refused("own_link", "Nobody can refer themselves.");
  if (advocate.id === formerAdvocateId)
    return refused("same_advocate", "They stand under this advocate already.");
  if (advocate.upline.includes(referee.id))
    return refused("below_referee", "This advocate stands below the person: that would close a circle.");
  if (advocate.status !== "active")
    return refused("advocate_not_active", "The advocate is not active at the moment.");
  return null;
}

function refused(code: string, message: string): Refusal {
  return new Refusal(code, { errors: [{ pointer: "/advocate_id", code, message }] });
}

/** How many move along: the referee, if they are new above, then those below by level. */
export function peopleByLevel(below: Move["below"], isRefereeNew: boolean): number[] {
  const people = [isRefereeNew ? 1 : 0];
  for (const { level } of below) {
    while (people.length <= level) people.push(0);
    people[level] = (people[level] ?? 0) + 1;
  }
  return people;
}
