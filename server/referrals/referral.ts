import type { Fact } from "../events/catalogue.ts";
import type { ParticipantId } from "../participants/participant.ts";
import type { Id } from "../primitives/id.ts";
import type { AttributionReason } from "./attribution.ts";
import { modelNamed } from "./models/index.ts";

export type ReferralId = Id<"ref">;

/** Invited comes with invitations; a referral begins when the friend has joined. */
export const REFERRAL_STATUSES = ["waitlisted", "joined", "qualified", "rewarded", "not_eligible"] as const;
export type ReferralStatus = (typeof REFERRAL_STATUSES)[number];

/** The lasting edge advocate → referee. */
export type Referral = {
  id: ReferralId;
  refereeId: ParticipantId;
  /** Who holds the place above them, or whose place they wait for. */
  advocateId: ParticipantId | null;
  /** Who invited them: the advocate, unless the advocate had no room and the place was found below. */
  inviterId: ParticipantId | null;
  /** Where the invitation was seen, in the operator's words; plans may ask for it. */
  channel: string | null;
  status: ReferralStatus;
  /** Drawn in the advocate's line by those who wait. */
  waitNumber: number | null;
  reasons: AttributionReason[];
  /** By which terms it was decided; null where no touch was. */
  attributionModel: string | null;
  attributionVersion: number | null;
  createdAt: Date;
};

/** A conversion has earned through it, or was what the plan calls qualifying. */
export function isQualified(status: ReferralStatus): boolean {
  return status === "qualified" || status === "rewarded";
}

const SENTENCES: Record<AttributionReason, string> = {
  unknown_code: "This code is not known.",
  unknown_click: "This click is not known.",
  unknown_invitation: "This invitation is not known.",
  expired_invitation: "The invitation was cancelled, has expired, or was used before.",
  outside_window: "The link was opened too long ago.",
  expired_link: "The link is no longer active.",
  link_used_up: "The link was used as often as it may be.",
  own_link: "Nobody can refer themselves.",
  already_referred: "This person had joined before, so this one doesn't count.",
  advocate_not_active: "The advocate is not active at the moment.",
  direct_limit_reached: "The advocate has no room for another direct referral.",
};

export function reasonsOf(
  codes: readonly AttributionReason[],
): { code: AttributionReason; message: string }[] {
  return codes.map((code) => ({ code, message: SENTENCES[code] }));
}

/** Why it was decided so, to whoever asks. */
export function decisionSentence(
  { status, reasons, attributionModel }: Referral,
  touches: readonly { outcome: "won" | "lost" }[],
  isReassigned: boolean,
): string {
  if (isReassigned || attributionModel === null || touches.length === 0)
    return "It was decided by hand; the history below says by whom and why.";
  const { title, sentence } = modelNamed(attributionModel);
  const seen = touches.length === 1 ? "One touch" : `${touches.length} touches`;
  const [reason] = reasons;
  if (status === "not_eligible" && reason)
    return `${seen}, decided by “${title}”: nobody counts. ${SENTENCES[reason]}`;
  return `${seen}, decided by “${title}”. ${sentence}`;
}

/** The fact that there is a referral, or that one waits for its place. */
export function referralFact(
  type: "referral.created" | "referral.waitlisted",
  referral: Referral,
  audience: readonly ParticipantId[],
): Fact {
  const { id, advocateId, inviterId, refereeId, channel, status, reasons, createdAt } = referral;
  return {
    type,
    subjectId: id,
    audience,
    object: {
      id,
      advocate_id: advocateId,
      inviter_id: inviterId,
      referee_id: refereeId,
      channel,
      status,
      reasons,
      created_at: createdAt.toISOString(),
    },
  };
}

/** The fact that it is another's now; the friend and both advocates see it. */
export function reassignedFact(
  referral: Referral,
  formerAdvocateId: ParticipantId | null,
  reassignmentId: string,
): Fact {
  const { refereeId, advocateId } = referral;
  const { object } = referralFact("referral.created", referral, []);
  return {
    type: "referral.reassigned",
    subjectId: referral.id,
    audience: [refereeId, advocateId, formerAdvocateId].filter((id) => id !== null),
    object: { ...object, former_advocate_id: formerAdvocateId, reassignment_id: reassignmentId },
  };
}

/** The fact that a referral has to qualify again; `was` says how far it had come. */
export function referralLoss(referral: Referral, was: ReferralStatus): Fact {
  const { object, ...step } = referralStep("referral.qualified", referral);
  return { ...step, type: "referral.unqualified", object: { ...object, was } };
}

/** The steps a referral has lost by an event of that kind. */
export function lostSteps(object: Record<string, unknown> | undefined): ("qualified" | "rewarded")[] {
  return object?.["was"] === "rewarded" ? ["qualified", "rewarded"] : ["qualified"];
}

/** The fact that a referral has come one step further; its advocate sees it. */
export function referralStep(type: "referral.qualified" | "referral.rewarded", referral: Referral): Fact {
  const { id, advocateId, inviterId, refereeId, status, createdAt } = referral;
  return {
    type,
    subjectId: id,
    audience: advocateId === null ? [] : [advocateId],
    object: {
      id,
      advocate_id: advocateId,
      inviter_id: inviterId,
      referee_id: refereeId,
      status,
      created_at: createdAt.toISOString(),
    },
  };
}
