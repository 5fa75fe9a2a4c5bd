import type { Id } from "../primitives/id.ts";

export type InvitationId = Id<"inv">;
export type BatchId = Id<"ivb">;

export const INVITATION_STATES = [
  "draft",
  "scheduled",
  "queued",
  "sent",
  "delivered",
  "clicked",
  "joined",
  "bounced",
  "expired",
  "cancelled",
  "suppressed",
] as const;
export type InvitationState = (typeof INVITATION_STATES)[number];

/** What can happen to an invitation. */
export type InvitationStep =
  | "schedule"
  | "withhold"
  | "queue"
  | "share"
  | "mail_sent"
  | "mail_delivered"
  | "mail_bounced"
  | "mail_suppressed"
  | "click"
  | "join"
  | "expire"
  | "cancel";

/** What becomes of each state; what is not named changes nothing. */
const MOVES: Record<InvitationState, Partial<Record<InvitationStep, InvitationState>>> = {
  draft: { schedule: "scheduled", queue: "queued", share: "sent", expire: "expired", cancel: "cancelled" },
  scheduled: {
    schedule: "scheduled",
    withhold: "draft",
    queue: "queued",
    mail_suppressed: "suppressed",
    expire: "expired",
    cancel: "cancelled",
  },
  queued: {
    mail_sent: "sent",
    mail_delivered: "delivered",
    mail_bounced: "bounced",
    mail_suppressed: "suppressed",
    // Without a mail server the link is passed on by hand.
    click: "clicked",
    join: "joined",
    expire: "expired",
    cancel: "cancelled",
  },
  sent: {
    mail_delivered: "delivered",
    mail_bounced: "bounced",
    mail_suppressed: "suppressed",
    click: "clicked",
    join: "joined",
    expire: "expired",
    cancel: "cancelled",
  },
  delivered: {
    mail_bounced: "bounced",
    mail_suppressed: "suppressed",
    click: "clicked",
    join: "joined",
    expire: "expired",
    cancel: "cancelled",
  },
  clicked: { mail_suppressed: "suppressed", join: "joined", expire: "expired", cancel: "cancelled" },
  bounced: {
    withhold: "draft",
    queue: "queued",
    click: "clicked",
    join: "joined",
    expire: "expired",
    cancel: "cancelled",
  },
  // Sending it once more makes it good again.
  expired: { queue: "queued", share: "sent" },
  joined: {},
  cancelled: {},
  suppressed: {},
};

const OPEN: ReadonlySet<InvitationState> = new Set(["queued", "sent", "delivered", "clicked", "bounced"]);
const WAITING: ReadonlySet<InvitationState> = new Set(["draft", "scheduled"]);

/** The state after a step; the same one where the step changes nothing. */
export function stateAfter(state: InvitationState, step: InvitationStep): InvitationState {
  return MOVES[state][step] ?? state;
}

/** The states a step leads away from: what a statement may move. */
export function statesBefore(step: InvitationStep): InvitationState[] {
  return INVITATION_STATES.filter((state) => MOVES[state][step] !== undefined);
}

/** Somebody can still join by it. */
export function isOpen({ state, expiresAt }: Pick<Invitation, "state" | "expiresAt">, now: Date): boolean {
  return OPEN.has(state) && expiresAt.getTime() > now.getTime();
}

/** It has not gone out yet. */
export function isWaiting({ state }: Pick<Invitation, "state">): boolean {
  return WAITING.has(state);
}

export type Channel = "email" | "link";

export type Invitation = {
  id: InvitationId;
  inviterId: string;
  linkId: string;
  batchId: BatchId | null;
  channel: Channel;
  state: InvitationState;
  language: string;
  emailHash: string | null;
  scheduledAt: Date | null;
  expiresAt: Date;
  remindAt: Date | null;
  tokenNumber: number;
  mails: number;
  mailedAt: Date | null;
  remindedAt: Date | null;
  sentAt: Date | null;
  deliveredAt: Date | null;
  clickedAt: Date | null;
  joinedAt: Date | null;
  endedAt: Date | null;
  refereeId: string | null;
  reason: string | null;
  createdAt: Date;
  changedAt: Date;
};

/** With what names the person. */
export type NamedInvitation = Invitation & { email: string | null; name: string; message: string };

/** An invitation as evidence of who brought somebody. */
export type InvitationTouch = {
  invitationId: InvitationId;
  inviterId: string;
  linkId: string;
  emailHash: string | null;
  /** The token it was found by; null when it was found by the address. */
  tokenHash: string | null;
  /** When it went out. */
  at: Date;
  isOpen: boolean;
};
