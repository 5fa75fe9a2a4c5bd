/** Every fact the log can hold, past tense, `noun.verb_ed`. */
export const EVENT_TYPES = [
  "program.launched",
  "plan.published",
  "plan.withdrawn",
  "replay.completed",
  "participant.created",
  "participant.updated",
  "participant.suspended",
  "invitation.sent",
  "invitation.delivered",
  "invitation.bounced",
  "invitation.clicked",
  "invitation.accepted",
  "invitation.expired",
  "invitation.cancelled",
  "invitation.suppressed",
  "link.created",
  "link.expired",
  "link.disabled",
  "referral.created",
  "referral.waitlisted",
  "referral.placed",
  "referral.qualified",
  "referral.unqualified",
  "referral.rewarded",
  "referral.reassigned",
  "referral.departed",
  "referral.arrived",
  "claim.created",
  "claim.approved",
  "claim.rejected",
  "claim.expired",
  "conversion.recorded",
  "conversion.settled",
  "conversion.refunded",
  "conversion.chargeback_reversed",
  "refund.recorded",
  "refund.refused",
  "reward.created",
  "reward.resumed",
  "reward.released",
  "reward.reversed",
  "reward.restored",
  "reward.redeemed",
  "reward.expired",
  "redemption.reversed",
  "debt.written_off",
  "notification.created",
  "notification.read",
  "mail.sent",
  "mail.delivered",
  "mail.bounced",
  "mail.complained",
  "mail.suppressed",
  "mail.failed",
  "mail.stopped",
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

/** What a fact did to one purse of the participant it is about: signed minor units. */
export type Move = { purse: string; currency: string; amount: number };

/** A fact on its way into the log. */
export type Fact = {
  type: EventType;
  /** The id it is about. */
  subjectId: string;
  /** The participants who see it on their own stream, nearest first. */
  audience: readonly string[];
  /**
   * Carries no personal data: names are added for those who may see them, when it is read. Null where the row it is
   * about can tell all of it for ever: what every purchase writes is not written twice.
   */
  object: object | null;
  moves?: readonly Move[];
};

/** A fact in the log. Order by position, then id. */
export type EventRecord = {
  position: bigint;
  id: string;
  type: EventType;
  subjectId: string;
  audience: string[];
  data: { object?: Record<string, unknown>; moves?: Move[] };
  recordedAt: Date;
};

/** A fact with its object, kept in the log or told from its row. */
export type ToldEvent = EventRecord & { data: { object: Record<string, unknown> } };

/** A place in the log. */
export type Cursor = { position: bigint; id: string };

/** What lies after a place and below a position. */
export type Stretch = { after: Cursor; before: bigint };

export const API_VERSION = "2026-11-01";

export function formatCursor(cursor: Cursor): string {
  return `${cursor.position}-${cursor.id}`;
}

/** Null when the text is no cursor. */
export function parseCursor(text: string): Cursor | null {
  const match = /^(\d{1,18})-(evt_[0-9a-z]{26}|)$/.exec(text);
  return match ? { position: BigInt(match[1] ?? "0"), id: match[2] ?? "" } : null;
}
