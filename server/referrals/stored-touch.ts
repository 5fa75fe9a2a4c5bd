import type { ParticipantId } from "../participants/participant.ts";
import type { JudgedTouch } from "./attribution.ts";
import type { TouchKind } from "./models/attribution-model.ts";

/** A touch as it is kept with the referral it was judged for. */
export type StoredTouch = {
  number: number;
  kind: TouchKind;
  code: string | null;
  clickId: string | null;
  invitationId: string | null;
  linkId: string | null;
  advocateId: ParticipantId | null;
  channel: string | null;
  referrerHost: string | null;
  device: string | null;
  /** Null where nobody knows. */
  occurredAt: Date | null;
  outcome: "won" | "lost";
  reason: string | null;
};

/** On its way into the store. */
export type NewTouch = {
  referral_id: string;
  number: number;
  kind: string;
  code: string | null;
  click_id: string | null;
  invitation_id: string | null;
  link_id: string | null;
  advocate_id: string | null;
  channel: string | null;
  referrer_host: string | null;
  device: string | null;
  occurred_at: string | null;
  outcome: string;
  reason: string | null;
};

export function newTouch(
  referralId: string,
  number: number,
  { touch, outcome, reason }: JudgedTouch,
): NewTouch {
  return {
    referral_id: referralId,
    number,
    kind: touch.kind,
    code: touch.code,
    click_id: touch.clickId,
    invitation_id: touch.invitationId,
    link_id: touch.target?.linkId ?? null,
    advocate_id: touch.target?.participantId ?? null,
    channel: touch.target?.channel ?? null,
    referrer_host: touch.referrerHost,
    device: touch.device,
    occurred_at: touch.at?.toISOString() ?? null,
    outcome,
    reason,
  };
}
