import type { ParticipantId } from "../participants/participant.ts";
import { type Money, share } from "../primitives/money.ts";
import type { Rate } from "../primitives/rate.ts";
import { type Counters, KEEPS_NOTHING, type KeptCounters, NO_COUNTERS } from "./counter.ts";
import type { Plan } from "./plan.ts";
import type { Promotion } from "./promotion.ts";
import type { UplineMember } from "./upline.ts";

/** Everything a settlement depends on; the same facts give the same verdicts on every machine, for ever. */
export type SettlementFacts = {
  plan: Plan;
  planVersion: number;
  conversion: ConversionFacts;
  /** The part of the amount that counts as profit where none was sent. */
  defaultMargin: Rate;
  /** How the buyer's own referral stands: `no_reward` is one beyond the direct limit. */
  referral: "none" | "counts" | "no_reward" | "rejected";
  /** When the referral was made; null where there is none, or where it makes no difference. */
  referredAt: Date | null;
  /** Whether an earlier conversion has qualified the referral. */
  isQualified: boolean;
  /** Ancestors of the buyer as of attribution, at least `uplineDepth(plan)` levels where they exist. */
  upline: readonly UplineMember[];
  /** Those in force when it occurred, in the order of their start. */
  promotions: readonly Promotion[];
  /** Of the program: caps count its days, weeks and months. */
  timeZone: string;
  /** As they stand before the conversion. */
  counters: Counters;
  /** What the program counts, for whichever of its plans. */
  kept: KeptCounters;
};

export type ConversionFacts = {
  participantId: ParticipantId;
  kind: string;
  /** The gross amount in the plan's currency; zero for a sign-up. */
  amount: Money;
  profit: Money | null;
  occurredAt: Date;
  country: string | null;
  channel: string | null;
  product: string | null;
  segment: string | null;
};

/** The facts of a program that counts nothing and promotes nothing. */
export const UNCOUNTED = {
  referredAt: null,
  isQualified: false,
  promotions: [],
  timeZone: "UTC",
  counters: NO_COUNTERS,
  kept: KEEPS_NOTHING,
} as const satisfies Partial<SettlementFacts>;

/** A conversion of which nothing is known beyond its amount. */
export const UNPLACED = {
  country: null,
  channel: null,
  product: null,
  segment: null,
} as const satisfies Partial<ConversionFacts>;

export type Profit = { profit: Money; profitSource: "given" | "default_margin" };

export function profitOf({ conversion, defaultMargin }: SettlementFacts): Profit {
  if (conversion.profit !== null) return { profit: conversion.profit, profitSource: "given" };
  return { profit: share(conversion.amount, defaultMargin), profitSource: "default_margin" };
}
