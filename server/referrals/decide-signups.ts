import { type Participant, uplineUnder } from "../participants/participant.ts";
import { comparePlaces, type OpenPlace } from "../participants/vacancy.ts";
import type { Tx } from "../platform/database.ts";
import { attributionWindow, type Program } from "../programs/program.ts";
import { type AdvocateFacts, type Attribution, decideAttribution } from "./attribution.ts";
import type { SignupFacts } from "./find-signup-facts.ts";
import { modelNamed } from "./models/index.ts";
import type { Referral, ReferralId } from "./referral.ts";
import { type Seat, type Seats, seatOf, seatsLeft } from "./seat.ts";
import { refusedSignup, type Signup, type SignupOutcome } from "./signup.ts";

export type Enrolment = {
  signup: Signup;
  person: Participant;
  attribution: Attribution | null;
  referral: Referral | null;
};
type NotEnrolled = Exclude<SignupOutcome, { kind: "enrolled" }>;

/** One after the other, so that two sign-ups of one batch see each other: the last seat goes to the first. */
export function decideSignups(
  tx: Tx,
  program: Program,
  signups: readonly Signup[],
  facts: SignupFacts,
): (Enrolment | NotEnrolled)[] {
  return signups.map((signup, index): Enrolment | NotEnrolled => {
    const known = signup.externalId === null ? undefined : facts.knownExternalIds.get(signup.externalId);
    if (known) return { kind: "known", participantId: known };
    const isKnownPerson = facts.knownEmails.has(signup.emailHash);
    if (isKnownPerson && signup.isEmailUnique) return refusedSignup("email_taken");
    const attribution = attributionOf(tx, program, signup, facts, index, isKnownPerson);
    const seat = attribution && seatOf(attribution, program.overflow, facts.seats);
    if (!seat && signup.referral?.isRequired) return refusedSignup("unknown_code");
    if (seat?.kind === "none" && signup.referral?.isRequired && !isKeptUnrewarded(seat, program))
      return refusedSignup(seat.reason, limitOf(seat, facts.seats));
    const person = personOf(tx, program, signup, seat);
    if (seat) occupy(seat, person, facts.seats);
    if (seat && attribution && seat.kind !== "none") useLink(attribution, facts);
    facts.knownEmails.add(signup.emailHash);
    if (signup.externalId !== null) facts.knownExternalIds.set(signup.externalId, person.id);
    return {
      signup,
      person,
      attribution,
      referral: seat && referralOf(tx, program, person, signup, attribution, seat),
    };
  });
}

function attributionOf(
  tx: Tx,
  program: Program,
  signup: Signup,
  facts: SignupFacts,
  index: number,
  isKnownPerson: boolean,
): Attribution | null {
  const touches = facts.touches[index] ?? [];
  const { seats } = facts;
  const advocates = new Map(
    touches.flatMap(({ target }): [string, AdvocateFacts][] => {
      const advocate = seats.advocates.get(target?.participantId ?? "");
      return advocate ? [[advocate.id, { ...advocate, seatsLeft: seatsLeft(advocate, seats) }]] : [];
    }),
  );
  return decideAttribution({
    touches,
    advocates,
    usesLeft: facts.usesLeft,
    emailHash: signup.emailHash,
    isKnownPerson,
    model: modelNamed(program.attributionModel),
    windowDays: attributionWindow(program),
    now: tx.now,
  });
}

/** Beyond the limit the policy `no_reward` keeps who invited whom, and pays nobody for it. */
function isKeptUnrewarded(seat: Seat, program: Program): boolean {
  return seat.kind === "none" && seat.reason === "direct_limit_reached" && program.overflow === "no_reward";
}

function limitOf(seat: Seat & { kind: "none" }, { advocates }: Seats): Record<string, number> {
  const limit = advocates.get(seat.advocateId ?? "")?.directLimit;
  return limit ? { limit } : {};
}

function personOf(tx: Tx, program: Program, signup: Signup, seat: Seat | null): Participant {
  return {
    id: tx.newId("par"),
    externalId: signup.externalId,
    status: "active",
    country: signup.country,
    segment: signup.segment,
    language: signup.language ?? program.language,
    upline: seat?.kind === "placed" ? uplineUnder(seat.advocate) : [],
    directCount: 0,
    directLimit: program.directLimit,
    isUnplaced: seat?.kind === "waiting" || (seat?.kind === "placed" && seat.advocate.isUnplaced),
    suspendedAt: null,
    suspensionReason: null,
    isNameShown: signup.isNameShown,
    marketingConsentedAt: signup.hasMarketingConsent ? tx.now : null,
    emailVerifiedAt: null,
    createdAt: tx.now,
  };
}

function referralOf(
  tx: Tx,
  program: Program,
  { id: refereeId }: Participant,
  signup: Signup,
  attribution: Attribution | null,
  seat: Seat,
): Referral {
  const id: ReferralId = tx.newId("ref");
  // What the caller knows says more than what the link's owner meant it for.
  const channel = signup.referral?.channel ?? attribution?.touch.target?.channel ?? null;
  const terms = {
    attributionModel: program.attributionModel,
    attributionVersion: program.attributionVersion,
  };
  const base = { id, refereeId, channel, waitNumber: null, reasons: [], ...terms, createdAt: tx.now };
  switch (seat.kind) {
    case "placed":
      return { ...base, advocateId: seat.advocate.id, inviterId: seat.inviterId, status: "joined" };
    case "waiting": {
      const { advocate, waitNumber } = seat;
      return { ...base, advocateId: advocate.id, inviterId: advocate.id, status: "waitlisted", waitNumber };
    }
    case "none": {
      const { advocateId, reason } = seat;
      return { ...base, advocateId, inviterId: advocateId, status: "not_eligible", reasons: [reason] };
    }
  }
}

/** A link with a limit brings one person less from now on. */
function useLink({ touch }: Attribution, { usesLeft }: SignupFacts): void {
  const linkId = touch.target?.linkId ?? "";
  const left = usesLeft.get(linkId);
  if (left !== undefined) usesLeft.set(linkId, left - 1);
}

/** The seat is taken for those who come after, and the person has room of their own to give. */
function occupy(seat: Seat, person: Participant, seats: Seats): void {
  if (seat.kind === "waiting") {
    const waiting = (seats.lines.get(seat.advocate.id)?.waiting ?? 0) + 1;
    seats.lines.set(seat.advocate.id, { waiting, lastNumber: seat.waitNumber });
  }
  if (seat.kind !== "placed") return;
  seat.advocate.directCount++;
  seats.advocates.set(person.id, { ...person, emailHash: null });
  person.upline.forEach((inviterId, index) => {
    const places = seats.places.get(inviterId);
    if (places) insertPlace(places, { inviterId, level: index + 1, participantId: person.id });
  });
}

function insertPlace(places: OpenPlace[], place: OpenPlace): void {
  const next = places.findIndex((other) => comparePlaces(place, other) < 0);
  places.splice(next === -1 ? places.length : next, 0, place);
}
