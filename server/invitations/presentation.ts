import { ACTIONS, type Action, type Situation, verdictOf } from "./actions.ts";
import type { InvitationAnswer, TermsAnswer } from "./contract.ts";
import { type InvitationState, isOpen, isWaiting, type NamedInvitation } from "./invitation.ts";
import type { InvitationTerms } from "./limits.ts";
import { invitationToken, invitationUrl } from "./token.ts";

/** The words of the states for people. */
const STATE_WORDS: Record<InvitationState, string> = {
  draft: "Draft",
  scheduled: "Scheduled",
  queued: "Sending",
  sent: "Sent",
  delivered: "Delivered",
  clicked: "Clicked",
  joined: "Joined",
  bounced: "Bounced",
  expired: "Expired",
  cancelled: "Cancelled",
  suppressed: "Blocked",
};

const REASONS: Record<string, string> = {
  address_bounced: "The mail came back: the address does not work.",
  mail_failed: "The mail could not be delivered.",
  cannot_be_invited: "This person can't be invited.",
};

type Around = { publicUrl: string; key: string };

export function invitationWire(
  invitation: NamedInvitation,
  situation: Situation,
  { publicUrl, key }: Around,
): InvitationAnswer {
  const { id, state, reason, tokenNumber } = invitation;
  const leads = isOpen(invitation, situation.now) || isWaiting(invitation);
  return {
    id,
    participant_id: invitation.inviterId,
    batch_id: invitation.batchId,
    email: invitation.email,
    name: invitation.name,
    message: invitation.message,
    language: invitation.language,
    channel: invitation.channel,
    status: state,
    display_status: STATE_WORDS[state],
    reason: reason === null ? null : { code: reason, message: REASONS[reason] ?? "It could not be sent." },
    url: leads ? invitationUrl(publicUrl, invitationToken(id, tokenNumber, key)) : null,
    referee_id: invitation.refereeId,
    mails: invitation.mails,
    actions: Object.fromEntries(
      ACTIONS.map((action) => [action, hindranceWire(action, invitation, situation)]),
    ) as InvitationAnswer["actions"],
    scheduled_at: text(invitation.scheduledAt),
    expires_at: invitation.expiresAt.toISOString(),
    remind_at: text(invitation.remindAt),
    mailed_at: text(invitation.mailedAt),
    reminded_at: text(invitation.remindedAt),
    sent_at: text(invitation.sentAt),
    delivered_at: text(invitation.deliveredAt),
    clicked_at: text(invitation.clickedAt),
    joined_at: text(invitation.joinedAt),
    ended_at: text(invitation.endedAt),
    created_at: invitation.createdAt.toISOString(),
    changed_at: invitation.changedAt.toISOString(),
  };
}

const text = (moment: Date | null): string | null => moment?.toISOString() ?? null;

function hindranceWire(action: Action, invitation: NamedInvitation, situation: Situation) {
  const verdict = verdictOf(action, invitation, situation);
  if (verdict.kind === "may") return null;
  const { code, message, until } = verdict.because;
  return { code, message, until: text(until) };
}

export function termsWire(terms: InvitationTerms): TermsAnswer {
  return {
    mails_to_europe: terms.mailsToEurope,
    reminders_to_europe: terms.remindersToEurope,
    reminder_days: terms.reminderDays,
    expires_days: terms.expiresDays,
    per_member_day: terms.perMemberDay,
    per_member_pending: terms.perMemberPending,
    per_new_member_day: terms.perNewMemberDay,
    per_program_day: terms.perProgramDay,
    per_network_day: terms.perNetworkDay,
  };
}

/** The terms a patch names. */
export function termsOf(patch: Partial<TermsAnswer>): Partial<InvitationTerms> {
  const named: [keyof InvitationTerms, unknown][] = [
    ["mailsToEurope", patch.mails_to_europe],
    ["remindersToEurope", patch.reminders_to_europe],
    ["reminderDays", patch.reminder_days],
    ["expiresDays", patch.expires_days],
    ["perMemberDay", patch.per_member_day],
    ["perMemberPending", patch.per_member_pending],
    ["perNewMemberDay", patch.per_new_member_day],
    ["perProgramDay", patch.per_program_day],
    ["perNetworkDay", patch.per_network_day],
  ];
  return Object.fromEntries(named.filter(([, value]) => value !== undefined)) as Partial<InvitationTerms>;
}
