import { appendEvents } from "../events/append-events.ts";
import type { Fact } from "../events/catalogue.ts";
import { createLinks } from "../links/create-links.ts";
import type { LinkId } from "../links/link.ts";
import { recordLinkUses } from "../links/record-link-uses.ts";
import { enrollParticipants } from "../participants/enroll-participants.ts";
import type { ParticipantId } from "../participants/participant.ts";
import { recordDirectCounts } from "../participants/record-direct-counts.ts";
import { recordOpenPlaces } from "../participants/record-open-places.ts";
import type { Tx } from "../platform/database.ts";
import type { Program } from "../programs/program.ts";
import { acceptUsedInvitations } from "./accept-used-invitations.ts";
import { decideSignups, type Enrolment } from "./decide-signups.ts";
import { findSignupFacts, type SignupFacts } from "./find-signup-facts.ts";
import { type Referral, referralFact } from "./referral.ts";
import type { Signup, SignupOutcome } from "./signup.ts";
import { insertTouches } from "./store/touches.ts";
import { insertReferrals, insertReferredPeople } from "./store.ts";
import { newTouch } from "./stored-touch.ts";

/**
 * Enrols people, each with a link of their own, and decides who brought them. One transaction and a fixed
 * number of statements for many sign-ups at once; answers their outcomes in the order given.
 */
export async function attributeSignups(
  tx: Tx,
  program: Program,
  signups: readonly Signup[],
): Promise<SignupOutcome[]> {
  const facts = await findSignupFacts(tx, program, signups);
  const decided = decideSignups(tx, program, signups, facts);
  const enrolments = decided.filter((one) => "signup" in one);
  const links = await storeEnrolments(tx, program, enrolments, facts);
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

async function storeEnrolments(
  tx: Tx,
  program: Program,
  enrolments: readonly Enrolment[],
  facts: SignupFacts,
): Promise<{ id: LinkId; code: string }[]> {
  if (enrolments.length === 0) return [];
  await enrollParticipants(
    tx,
    enrolments.map(({ signup, person }) => ({
      id: person.id,
      external_id: person.externalId,
      country: person.country,
      segment: person.segment,
      language: person.language,
      upline: person.upline,
      direct_limit: person.directLimit,
      is_unplaced: person.isUnplaced,
      is_name_shown: signup.isNameShown,
      has_marketing_consent: signup.hasMarketingConsent,
      name: signup.name,
      email: signup.email,
      email_hash: signup.emailHash,
    })),
  );
  const links = await createLinks(
    tx,
    enrolments.map(({ person }) => person.id),
  );
  const placed = enrolments.filter(({ referral }) => referral?.status === "joined");
  const advocateIds = placed.map(({ person }) => person.upline[0] as ParticipantId);
  await recordDirectCounts(tx, advocateIds);
  if (program.overflow === "spillover")
    await recordOpenPlaces(tx, [...advocateIds, ...placed.map(({ person }) => person.id)]);
  await storeReferrals(tx, enrolments);
  await countUses(tx, enrolments, facts);
  await acceptUsedInvitations(tx, enrolments);
  return links;
}

async function storeReferrals(tx: Tx, enrolments: readonly Enrolment[]): Promise<void> {
  const withReferral = enrolments.filter(({ referral }) => referral !== null);
  if (withReferral.length === 0) return;
  await insertReferrals(
    tx,
    withReferral.map(({ referral, attribution }) => ({
      id: (referral as Referral).id,
      referee_id: (referral as Referral).refereeId,
      advocate_id: (referral as Referral).advocateId,
      inviter_id: inviterBeside(referral as Referral),
      channel: (referral as Referral).channel,
      status: (referral as Referral).status,
      wait_number: (referral as Referral).waitNumber,
      reasons: (referral as Referral).reasons,
      link_id: attribution?.touch.target?.linkId ?? null,
      attribution_model: (referral as Referral).attributionModel,
      attribution_version: (referral as Referral).attributionVersion,
    })),
  );
  await insertTouches(
    tx,
    withReferral.flatMap(({ referral, attribution }) =>
      (attribution?.judged ?? []).map((judged, index) =>
        newTouch((referral as Referral).id, index + 1, judged),
      ),
    ),
  );
  // Who waits counts as referred too: the line cannot be joined twice, nor left for another advocate.
  const counting = withReferral.filter(({ referral }) => referral?.status !== "not_eligible");
  if (counting.length > 0) {
    await insertReferredPeople(
      tx,
      counting.map(({ signup, person }) => ({ email_hash: signup.emailHash, referee_id: person.id })),
    );
  }
  await appendEvents(tx, withReferral.map(factOf));
}

/** Of links with a limit. Who decided has held them, so that none is used more often than it may be. */
async function countUses(tx: Tx, enrolments: readonly Enrolment[], { usesLeft }: SignupFacts): Promise<void> {
  const used = enrolments.flatMap(({ referral, attribution }) => {
    const linkId = attribution?.touch.target?.linkId;
    return linkId && referral?.status !== "not_eligible" && usesLeft.has(linkId) ? [linkId] : [];
  });
  if (used.length === 0) return;
  const over = await recordLinkUses(tx, used);
  if (over.length > 0) throw new Error(`A link was used more often than it may be: ${over[0]}`);
}

/** Kept where it says something: mostly who invited is who holds the place. */
function inviterBeside({ inviterId, advocateId }: Referral): ParticipantId | null {
  return inviterId === advocateId ? null : inviterId;
}

function factOf({ person, referral }: Enrolment): Fact {
  const made = referral as Referral;
  // Everyone above sees their network grow; a refused referral is told to nobody but the program.
  if (made.status !== "waitlisted") return referralFact("referral.created", made, person.upline);
  return referralFact("referral.waitlisted", made, made.advocateId === null ? [] : [made.advocateId]);
}
