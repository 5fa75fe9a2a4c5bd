import type { Id } from "../primitives/id.ts";
import type { Money } from "../primitives/money.ts";

export type RewardId = Id<"rwd">;

/** A commission is a share of a conversion; a bonus is a fixed amount of money; credit, points and coupons are no cash. */
export type RewardKind = "commission" | "bonus" | "credit" | "points" | "coupon";

export type RewardState = "pending" | "held" | "available" | "paid" | "cancelled" | "reversed" | "expired";

/** The only ways a reward moves. A cleared hold returns to pending: the hold days still run to their end. */
export const REWARD_EDGES: Readonly<Record<RewardState, readonly RewardState[]>> = {
  pending: ["held", "available", "cancelled", "reversed"],
  held: ["pending", "cancelled", "reversed"],
  available: ["paid", "cancelled", "reversed", "expired"],
  // What was redeemed can be given back.
  paid: ["available", "reversed"],
  cancelled: [],
  // A chargeback that is reversed puts a reward back to where it was, unless its milestone is no longer reached.
  reversed: ["pending", "held", "available", "paid", "cancelled"],
  expired: [],
};

export function canMove(from: RewardState, to: RewardState): boolean {
  return REWARD_EDGES[from].includes(to);
}

/** The words a participant reads; never the names of states. */
export function displayStatus(state: RewardState, kind: RewardKind): string {
  const isMoney = kind === "commission" || kind === "bonus";
  return state === "paid" && !isMoney ? "Used" : DISPLAY_WORDS[state];
}

const DISPLAY_WORDS: Readonly<Record<RewardState, string>> = {
  pending: "On its way",
  held: "On hold",
  available: "Available",
  paid: "Paid",
  cancelled: "Cancelled",
  reversed: "Reversed",
  expired: "Expired",
};

/** What a held reward waits for, in a sentence to whom it is for. */
export function holdReason(code: string): { code: string; message: string } {
  return { code, message: HOLD_SENTENCES[code] ?? "It is being looked at." };
}

const HOLD_SENTENCES: Readonly<Record<string, string>> = {
  inactive_upline: "You were not active when it was earned. It goes on its way as soon as you are again.",
};

const DAY_MS = 86_400_000;

/** When a reward of a conversion at `occurredAt` leaves its hold. */
export function availableAt(occurredAt: Date, holdDays: number): Date {
  return new Date(occurredAt.getTime() + holdDays * DAY_MS);
}

/** What a reward is still worth after its reversals. */
export function remaining(amount: Money, reversedMinor: bigint): Money {
  return { ...amount, minor: amount.minor - reversedMinor };
}
