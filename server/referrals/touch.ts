import type { ParticipantId } from "../participants/participant.ts";
import type { TouchKind } from "./models/attribution-model.ts";

/** A click, a typed code or an invitation, seen as evidence. Nothing of it names whoever came. */
export type Touch = {
  kind: TouchKind;
  /** As it was typed or carried. */
  code: string | null;
  clickId: string | null;
  invitationId: string | null;
  /** Null where nobody knows: a click that was never stored. */
  at: Date | null;
  target: TouchTarget | null;
  referrerHost: string | null;
  device: string | null;
};

/** Whose link it led to. */
export type TouchTarget = {
  linkId: string;
  participantId: ParticipantId;
  isLinkActive: boolean;
  /** False of an invitation that was cancelled, expired or used before. */
  isInvitationOpen?: boolean;
  /** Where the link is shared, in its owner's words. */
  channel: string | null;
};

/** Why a touch could not win at all. */
export type Obstacle =
  | "unknown_code"
  | "unknown_click"
  | "unknown_invitation"
  | "expired_invitation"
  | "outside_window"
  | "expired_link"
  | "link_used_up"
  | "own_link"
  | "advocate_not_active";

/** Tells a touch from the others of the same sign-up. */
export function touchKey({ kind, code, clickId, invitationId }: Touch): string {
  return `${kind} ${code ?? clickId ?? invitationId ?? ""}`;
}

/** What the caller says of earlier touches; a time ahead of ours is a wrong clock. */
export function touchTime(at: Date | null, now: Date): Date {
  return at === null || at.getTime() > now.getTime() ? now : at;
}
