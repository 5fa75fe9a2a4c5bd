import type { ToldEvent } from "../events/catalogue.ts";
import { COUPONS, CREDIT, POINTS } from "../primitives/money.ts";
import type { MilestoneRules, NoticeFacts, Occasion } from "./occasion.ts";

/** What happened to a reward, as the one it is for is told of it. */
export function rewardOccasions(event: ToldEvent, isMilestone: MilestoneRules): Occasion[] {
  switch (event.type) {
    case "reward.created":
      return [granted(event, isMilestone)];
    case "reward.resumed":
      return [moved(event, "reward_resumed")];
    case "reward.released":
      return [moved(event, "reward_available")];
    case "reward.reversed":
      return [moved(event, "reward_reversed")];
    case "reward.restored":
      return [moved(event, "reward_restored")];
    case "reward.expired":
      return [moved(event, "reward_expired")];
    case "reward.redeemed":
      return [moved(event, isCoupon(event) ? "coupon_used" : "redeemed")];
    case "redemption.reversed":
      return [moved(event, "redemption_reversed")];
    case "debt.written_off":
      return [moved(event, "debt_written_off")];
    default:
      return [];
  }
}

function granted(event: ToldEvent, isMilestone: MilestoneRules): Occasion {
  const reward = event.data.object;
  const { amount = 0, currency = "" } = (reward["amount"] ?? {}) as { amount?: number; currency?: string };
  const isBonus = isMilestone(Number(reward["plan_version"]), String(reward["rule"]));
  return {
    participantId: String(reward["participant_id"]),
    message: messageOf(reward, currency, isBonus),
    // What comes rarely is told on its own.
    isGrouped: !isBonus && currency !== COUPONS,
    key: event.id,
    at: event.recordedAt,
    facts: factsOf(event),
    amount: { minor: BigInt(amount), currency },
  };
}

function messageOf(reward: Record<string, unknown>, currency: string, isBonus: boolean): string {
  if (isBonus) return "milestone_reached";
  if (reward["status"] === "held") return "reward_on_hold";
  if (currency === CREDIT) return "credit_received";
  if (currency === POINTS) return "points_received";
  if (currency === COUPONS) return "coupon_received";
  const level = Number(reward["level"]);
  if (level === 0) return "reward_received";
  return level === 1 ? "earned_direct" : "earned_indirect";
}

/** By how much it moved, whichever purse it left or reached. */
function moved(event: ToldEvent, message: string): Occasion {
  const { object, moves = [] } = event.data;
  const [move] = moves;
  const minor = BigInt(Math.abs(move?.amount ?? 0));
  return {
    participantId: String(object["participant_id"]),
    message,
    isGrouped: true,
    key: event.id,
    at: event.recordedAt,
    facts: factsOf(event),
    amount: move ? { minor, currency: move.currency } : null,
  };
}

function isCoupon({ data }: ToldEvent): boolean {
  return data.moves?.[0]?.currency === COUPONS;
}

const KEPT = [
  ["conversion_id", "conversion_id"],
  ["referee_id", "friend_id"],
  ["leg_participant_id", "leg_id"],
  ["level", "level"],
  ["status", "state"],
  ["available_at", "available_at"],
  ["expires_at", "expires_at"],
  ["label", "label"],
] as const;

function factsOf({ subjectId, data }: ToldEvent): NoticeFacts {
  const kept = KEPT.flatMap(([field, fact]) => {
    const value = data.object[field];
    return typeof value === "string" || typeof value === "number" ? [[fact, value] as const] : [];
  });
  return { subject_id: subjectId, ...Object.fromEntries(kept) };
}
