import { type Link, linkUrl } from "../links/link.ts";
import type { Identity, Participant } from "../participants/participant.ts";
import type { ParticipantAnswer, ReferralAnswer } from "./contract.ts";
import { type Referral, reasonsOf } from "./referral.ts";

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

export function referralWire(referral: Referral): ReferralAnswer {
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
