import type { ParticipantId } from "../participants/participant.ts";
import { type Money, share } from "../primitives/money.ts";
import type { Rate } from "../primitives/rate.ts";
import type { Plan } from "./plan.ts";
import type { RuleFacts } from "./rules/rule.ts";
import { placeUpline, type UplineMember } from "./upline.ts";

/** Everything a settlement depends on; the same facts give the same verdicts on every machine, for ever. */
export type SettlementFacts = {
  plan: Plan;
  planVersion: number;
  conversion: {
    participantId: ParticipantId;
    kind: string;
    /** The gross amount in the plan's currency; zero for a sign-up. */
    amount: Money;
    profit: Money | null;
    occurredAt: Date;
  };
  /** The part of the amount that counts as profit where none was sent. */
  defaultMargin: Rate;
  /** How the buyer's own referral stands: `no_reward` is one beyond the direct limit. */
  referral: "none" | "counts" | "no_reward" | "rejected";
  /** Ancestors of the buyer as of attribution, at least `uplineDepth(plan)` levels where they exist. */
  upline: readonly UplineMember[];
};

export type Profit = { profit: Money; profitSource: "given" | "default_margin" };

export function profitOf({ conversion, defaultMargin }: SettlementFacts): Profit {
  if (conversion.profit !== null) return { profit: conversion.profit, profitSource: "given" };
  return { profit: share(conversion.amount, defaultMargin), profitSource: "default_margin" };
}

export function ruleFactsOf(facts: SettlementFacts, profit: Money): RuleFacts {
  const { plan, conversion, upline } = facts;
  return {
    amount: conversion.amount,
    profit,
    places: placeUpline(conversion.participantId, upline, plan.inactiveUpline, plan.depth),
  };
}
