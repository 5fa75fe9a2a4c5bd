import type { ParticipantId } from "../participants/participant.ts";
import type { Money } from "../primitives/money.ts";
import type { CounterUse } from "./counter.ts";
import type { RewardKind } from "./reward.ts";

/** What a conversion gives one level by one rule: a grant with an amount, or a pass with a reason. */
export type Verdict = Grant | Pass;

/** `level` is the plan's level that pays; under `compress` its holder may stand further up the network. */
export type Grant = {
  kind: "grant";
  ruleId: string;
  to: ParticipantId;
  /** 0 is the buyer, 1 the direct advocate. */
  level: number;
  legParticipantId: ParticipantId;
  rewardKind: RewardKind;
  amount: Money;
  /** The holder is not active now; the plan keeps it for them until they are again. */
  isHeld: boolean;
  /** What it used of caps and of budgets, so that a refund can give it back. */
  uses: readonly CounterUse[];
};

/** What a rule answers for one level: a portion, or a pass with a reason. */
export type Answer = Portion | Pass;

/** An exact amount, before promotions, tiers, caps and rounding. */
export type Portion = {
  kind: "portion";
  ruleId: string;
  to: ParticipantId;
  level: number;
  legParticipantId: ParticipantId;
  rewardKind: RewardKind;
  currency: string;
  /** Millionths of a minor unit, above zero. */
  exact: bigint;
  isHeld: boolean;
};

/** `level` is 0 and nobody is named where the rule as a whole has nothing to do with the conversion. */
export type Pass = {
  kind: "pass";
  ruleId: string;
  level: number;
  participantId: ParticipantId | null;
  reason: PassReason;
};

export type PassReason =
  | "trigger_mismatch"
  | "not_qualifying"
  | "not_referred"
  | "referral_rejected"
  | "over_direct_limit"
  | "before_referral"
  | "below_minimum"
  | "not_nth"
  | "too_late"
  | "country_excluded"
  | "channel_excluded"
  | "product_excluded"
  | "segment_excluded"
  | "tier_not_reached"
  | "no_profit"
  | "no_amount"
  | "no_reward_below"
  | "no_milestone"
  | "no_upline_at_level"
  | "no_rate_for_level"
  | "upline_inactive"
  | "own_conversion"
  | "other_rule_won"
  | "cap_reached"
  | "rounds_to_zero";

/** What an amount was computed from, for the trace: sentences for people, values for programs. */
export type Arithmetic = {
  lines: string[];
  inputs: Record<string, string | number>;
  /** Millionths of a minor unit. */
  exact: bigint;
};
