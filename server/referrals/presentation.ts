import { type Link, linkUrl } from "../links/link.ts";
import type { Identity, Participant } from "../participants/participant.ts";
import type { ParticipantAnswer, ReferralAnswer, ReferralDetail, ReferralEntry } from "./contract.ts";
import type { Reassignment } from "./reassignment.ts";
import { type Referral, reasonsOf } from "./referral.ts";
import type { StoredTouch } from "./stored-touch.ts";
import { touchSentence } from "./touch-sentence.ts";

export function participantWire(
  person: Participant & Identity,
  link: Pick<Link, "id" | "code"> | null,
  referral: Referral | null,
  publicUrl: string,
  waitPosition: number | null,
): ParticipantAnswer {
  return {
    id: person.id,
    external_id: person.externalId,
    email: person.email,
    name: person.name,
    country: person.country,
    segment: person.segment,
    language: person.language,
    status: person.status,
    suspension: suspensionOf(person),
    name_shown: person.isNameShown,
    marketing_consent: person.marketingConsentedAt !== null,
    email_verified: person.emailVerifiedAt !== null,
    code: link?.code ?? null,
    link: link && { id: link.id, url: linkUrl(publicUrl, link.code) },
    referral: referral && {
      id: referral.id,
      advocate_id: referral.advocateId,
      inviter_id: referral.inviterId,
      channel: referral.channel,
      status: referral.status,
      waiting_position: waitPosition,
      reasons: reasonsOf(referral.reasons),
    },
    direct_count: person.directCount,
    direct_limit: person.directLimit,
    created_at: person.createdAt.toISOString(),
  };
}

function suspensionOf({ status, suspendedAt, suspensionReason }: Participant) {
  if (status !== "suspended" || !suspendedAt) return null;
  return { reason: suspensionReason ?? "", since: suspendedAt.toISOString() };
}

function referralWire(referral: Referral): ReferralAnswer {
  return {
    id: referral.id,
    advocate_id: referral.advocateId,
    inviter_id: referral.inviterId,
    referee_id: referral.refereeId,
    channel: referral.channel,
    status: referral.status,
    reasons: reasonsOf(referral.reasons),
    created_at: referral.createdAt.toISOString(),
  };
}

export function referralEntryWire(referral: Referral, names: ReadonlyMap<string, string>): ReferralEntry {
  const { refereeId, advocateId, attributionModel: model, attributionVersion: version } = referral;
  return {
    ...referralWire(referral),
    referee_name: names.get(refereeId) ?? "",
    advocate_name: advocateId === null ? null : (names.get(advocateId) ?? null),
    attribution: model === null || version === null ? null : { model, version },
  };
}

export function touchWire(
  touch: StoredTouch,
  model: string | null,
  names: ReadonlyMap<string, string>,
): ReferralDetail["touches"][number] {
  const { kind, code, channel, device, outcome, reason, advocateId } = touch;
  return {
    kind,
    code,
    click_id: touch.clickId,
    invitation_id: touch.invitationId,
    link_id: touch.linkId,
    advocate_id: advocateId,
    advocate_name: advocateId === null ? null : (names.get(advocateId) ?? null),
    channel,
    referrer_host: touch.referrerHost,
    device,
    at: touch.occurredAt?.toISOString() ?? null,
    outcome,
    reason,
    sentence: touchSentence(touch, model),
  };
}

export function reassignmentWire(
  { id, formerAdvocateId, advocateId, claimId, reason, decidedBy, decidedAt }: Reassignment,
  names: ReadonlyMap<string, string>,
): ReferralDetail["reassignments"][number] {
  return {
    id,
    former_advocate_id: formerAdvocateId,
    former_advocate_name: formerAdvocateId === null ? null : (names.get(formerAdvocateId) ?? null),
    advocate_id: advocateId,
    advocate_name: names.get(advocateId) ?? null,
    claim_id: claimId,
    reason,
    decided_by: decidedBy,
    decided_at: decidedAt.toISOString(),
  };
}
