import { appendEvents } from "../events/append-events.ts";
import type { Fact } from "../events/catalogue.ts";
import { createLinks } from "../links/create-links.ts";
import type { LinkId } from "../links/link.ts";
import { enrollParticipants } from "../participants/enroll-participants.ts";
import type { Participant, ParticipantId } from "../participants/participant.ts";
import { uplineUnder } from "../participants/participant.ts";
import { recordDirectCounts } from "../participants/record-direct-counts.ts";
import type { Tx } from "../platform/database.ts";
import type { Program } from "../programs/program.ts";
import { type Attribution, decideAttribution } from "./attribution.ts";
import { findSignupFacts, type SignupFacts } from "./find-signup-facts.ts";
import type { Referral, ReferralId } from "./referral.ts";
import { refusedSignup, type Signup, type SignupOutcome } from "./signup.ts";
import { insertReferrals, insertReferredPeople } from "./store.ts";

type NotEnrolled = Exclude<SignupOutcome, { kind: "enrolled" }>;
type Enrolment = {
  signup: Signup;
  person: Participant;
  attribution: Attribution | null;
  referral: Referral | null;
};

/**
 * Enrols people, each with a link of their own, and decides who brought them. One transaction and a fixed
 * number of statements for many sign-ups at once; answers their outcomes in the order given.
 */
export async function attributeSignups(
  tx: Tx,
  program: Program,
  signups: readonly Signup[],
): Promise<SignupOutcome[]> {
  const facts = await findSignupFacts(tx, signups);
  const decided = decideSignups(tx, program, signups, facts);
  const enrolments = decided.filter((one) => "signup" in one);
  const links = await storeEnrolments(tx, enrolments);
  const linkOf = new Map(enrolments.map((enrolment, index) => [enrolment, links[index]]));
  return decided.map((one): SignupOutcome => {
    if (!("signup" in one)) return one;
    const { signup, person, referral } = one;
    const link = linkOf.get(one);
    if (!link) throw new Error("An enrolled participant has no link.");
    return {
      kind: "enrolled",
      person: { ...person, name: signup.name, email: signup.email },
      link,
      referral,
    };
  });
}

/** One after the other, so that two sign-ups of one batch see each other: the last seat goes to the first. */
function decideSignups(tx: Tx, program: Program, signups: readonly Signup[], facts: SignupFacts) {
  return signups.map((signup, index): Enrolment | NotEnrolled => {
    const known = signup.externalId === null ? undefined : facts.knownExternalIds.get(signup.externalId);
    if (known) return { kind: "known", participantId: known };
    const isKnownPerson = facts.knownEmails.has(signup.emailHash);
    if (isKnownPerson && signup.isEmailUnique) return refusedSignup("email_taken");
    const touches = facts.touches[index] ?? [];
    const advocateId = touches[0]?.target?.participantId;
    const advocate = advocateId ? (facts.advocates.get(advocateId) ?? null) : null;
    const attribution = decideAttribution({
      touches,
      advocate: advocate && { ...advocate, seatsLeft: seatsLeft(advocate) },
      emailHash: signup.emailHash,
      isKnownPerson,
      windowDays: program.attributionWindowDays,
      now: tx.now,
    });
    if (!attribution && signup.referral?.isRequired) return refusedSignup("unknown_code");
    if (
      attribution?.kind === "refused" &&
      signup.referral?.isRequired &&
      !isKeptUnrewarded(attribution, program)
    )
      return refusedSignup(attribution.reason, advocate?.directLimit ? { limit: advocate.directLimit } : {});
    const enrolment = enrolmentOf(tx, program, signup, attribution, advocate);
    if (attribution?.kind === "referred" && advocate) advocate.directCount++;
    facts.knownEmails.add(signup.emailHash);
    if (signup.externalId !== null) facts.knownExternalIds.set(signup.externalId, enrolment.person.id);
    return enrolment;
  });
}

/** Beyond the limit the policy `no_reward` keeps who invited whom, and pays nobody for it. */
function isKeptUnrewarded(attribution: Attribution, program: Program): boolean {
  return (
    attribution.kind === "refused" &&
    attribution.reason === "direct_limit_reached" &&
    program.overflow === "no_reward"
  );
}

function seatsLeft(advocate: Participant): number | null {
  return advocate.directLimit === null ? null : advocate.directLimit - advocate.directCount;
}

function enrolmentOf(
  tx: Tx,
  program: Program,
  signup: Signup,
  attribution: Attribution | null,
  advocate: Participant | null,
): Enrolment {
  const isReferred = attribution?.kind === "referred" && advocate !== null;
  const person: Participant = {
    id: tx.newId("par"),
    externalId: signup.externalId,
    status: "active",
    country: signup.country,
    segment: signup.segment,
    upline: isReferred ? uplineUnder(advocate) : [],
    directCount: 0,
    directLimit: program.directLimit,
    createdAt: tx.now,
  };
  return {
    signup,
    person,
    attribution,
    referral: attribution && referralOf(tx, person.id, signup, attribution),
  };
}

function referralOf(tx: Tx, refereeId: ParticipantId, signup: Signup, attribution: Attribution): Referral {
  const id: ReferralId = tx.newId("ref");
  const { advocateId } = attribution;
  const channel = signup.referral?.channel ?? null;
  const base = { id, refereeId, advocateId, channel, createdAt: tx.now };
  return attribution.kind === "referred"
    ? { ...base, status: "joined", reasons: [] }
    : { ...base, status: "not_eligible", reasons: [attribution.reason] };
}

async function storeEnrolments(
  tx: Tx,
  enrolments: readonly Enrolment[],
): Promise<{ id: LinkId; code: string }[]> {
  if (enrolments.length === 0) return [];
  await enrollParticipants(
    tx,
    enrolments.map(({ signup, person }) => ({
      id: person.id,
      external_id: person.externalId,
      country: person.country,
      segment: person.segment,
      upline: person.upline,
      direct_limit: person.directLimit,
      name: signup.name,
      email: signup.email,
      email_hash: signup.emailHash,
    })),
  );
  const links = await createLinks(
    tx,
    enrolments.map(({ person }) => person.id),
  );
  const referred = enrolments.filter(({ attribution }) => attribution?.kind === "referred");
  await recordDirectCounts(
    tx,
    referred.map(({ person }) => person.upline[0] as ParticipantId),
  );
  await storeReferrals(tx, enrolments, referred);
  return links;
}

async function storeReferrals(
  tx: Tx,
  enrolments: readonly Enrolment[],
  referred: readonly Enrolment[],
): Promise<void> {
  const withReferral = enrolments.filter(({ referral }) => referral !== null);
  if (withReferral.length === 0) return;
  await insertReferrals(
    tx,
    withReferral.map(({ referral, attribution }) => ({
      id: (referral as Referral).id,
      referee_id: (referral as Referral).refereeId,
      advocate_id: (referral as Referral).advocateId,
      channel: (referral as Referral).channel,
      status: (referral as Referral).status,
      reasons: (referral as Referral).reasons,
      evidence: { model: "code_wins", touch: attribution?.touch ?? null },
    })),
  );
  if (referred.length > 0) {
    await insertReferredPeople(
      tx,
      referred.map(({ signup, person }) => ({ email_hash: signup.emailHash, referee_id: person.id })),
    );
  }
  await appendEvents(tx, withReferral.map(factOf));
}

function factOf({ person, referral }: Enrolment): Fact {
  const { id, refereeId, advocateId, channel, status, reasons } = referral as Referral;
  return {
    type: "referral.created",
    subjectId: id,
    // Everyone above sees their network grow; a refused referral is told to nobody but the program.
    audience: person.upline,
    object: {
      id,
      advocate_id: advocateId,
      referee_id: refereeId,
      channel,
      status,
      reasons,
      created_at: person.createdAt.toISOString(),
    },
  };
}
