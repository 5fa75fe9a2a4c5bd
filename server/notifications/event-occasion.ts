import type { EventType, ToldEvent } from "../events/catalogue.ts";
import type { MilestoneRules, NoticeFacts, Occasion } from "./occasion.ts";
import { rewardOccasions } from "./reward-occasion.ts";

/** The facts of the log that somebody is told of. */
export const OCCASION_TYPES = [
  "participant.created",
  "participant.updated",
  "participant.suspended",
  "referral.created",
  "referral.waitlisted",
  "referral.qualified",
  "referral.reassigned",
  "claim.approved",
  "claim.rejected",
  "invitation.bounced",
  "reward.created",
  "reward.resumed",
  "reward.released",
  "reward.reversed",
  "reward.restored",
  "reward.redeemed",
  "reward.expired",
  "redemption.reversed",
  "debt.written_off",
] as const satisfies readonly EventType[];

/** Whom an event concerns, and what they are told; nobody, for most events about others. */
export function occasionsOf(event: ToldEvent, isMilestone: MilestoneRules): Occasion[] {
  switch (event.type) {
    case "participant.created":
      return [welcome(event)];
    case "participant.updated":
    case "participant.suspended":
      return changesOf(event);
    case "referral.created":
      return joined(event);
    case "referral.waitlisted":
      return toAdvocate(event, "friend_waiting");
    case "referral.qualified":
      return toAdvocate(event, "friend_qualified");
    case "referral.reassigned":
      return reassigned(event);
    case "claim.approved":
    case "claim.rejected":
      return toOne(event, "participant_id", "claim_decided", { state: text(event.data.object["state"]) });
    case "invitation.bounced":
      return toOne(event, "inviter_id", "invitation_bounced", {}).map((one) => ({ ...one, isGrouped: true }));
    default:
      return rewardOccasions(event, isMilestone);
  }
}

function welcome(event: ToldEvent): Occasion {
  const { advocate_id: advocateId } = event.data.object;
  return {
    participantId: event.subjectId,
    message: typeof advocateId === "string" ? "welcome_friend" : "welcome",
    isGrouped: false,
    key: "welcome",
    at: event.recordedAt,
    facts: typeof advocateId === "string" ? { friend_id: advocateId } : {},
    amount: null,
  };
}

/** What was changed of a person by others: their place, or whether they take part. */
function changesOf(event: ToldEvent): Occasion[] {
  const { status, changed } = event.data.object;
  const fields = Array.isArray(changed) ? changed : [];
  const message = fields.includes("place")
    ? "place_given"
    : fields.includes("status")
      ? status === "suspended"
        ? "suspended"
        : "reinstated"
      : null;
  return message === null ? [] : [{ ...about(event, event.subjectId, message), facts: {} }];
}

/** Who joined counts for the advocate; of a sign-up that does not count, they are told why. */
function joined(event: ToldEvent): Occasion[] {
  const { status, advocate_id: advocateId, reasons } = event.data.object;
  if (typeof advocateId !== "string") return [];
  if (status !== "not_eligible") return toAdvocate(event, "friend_joined");
  const [reason] = Array.isArray(reasons) ? reasons : [];
  // Their own second sign-up is nothing they need to be told.
  if (typeof reason !== "string" || reason === "own_link") return [];
  return [
    {
      ...about(event, advocateId, "referral_not_eligible"),
      facts: { friend_id: text(event.data.object["referee_id"]), reason },
    },
  ];
}

/** Whoever has the friend now, and whoever had them. */
function reassigned(event: ToldEvent): Occasion[] {
  const facts = { friend_id: text(event.data.object["referee_id"]) };
  return [
    ...toOne(event, "advocate_id", "friend_assigned", facts),
    ...toOne(event, "former_advocate_id", "friend_unassigned", facts),
  ];
}

function toOne(event: ToldEvent, field: string, message: string, facts: NoticeFacts): Occasion[] {
  const participantId = event.data.object[field];
  return typeof participantId === "string" ? [{ ...about(event, participantId, message), facts }] : [];
}

function toAdvocate(event: ToldEvent, message: string): Occasion[] {
  const { advocate_id: advocateId, referee_id: refereeId } = event.data.object;
  if (typeof advocateId !== "string") return [];
  return [{ ...about(event, advocateId, message), isGrouped: true, facts: { friend_id: text(refereeId) } }];
}

function about(event: ToldEvent, participantId: string, message: string): Omit<Occasion, "facts"> {
  return { participantId, message, isGrouped: false, key: event.id, at: event.recordedAt, amount: null };
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
