import type { ParticipantId } from "../participants/participant.ts";
import type { Money } from "../primitives/money.ts";
import type { RewardKind } from "./reward.ts";

/** What a rule answers for one level: a grant with an amount, or a pass with a reason. */
export type Verdict = Grant | Pass;

/** `level` is the plan's level that pays; under `compress` its holder may stand further up the network. */
export type Grant = {
  kind: "grant";
  ruleId: string;
  to: ParticipantId;
  level: number;
  legParticipantId: ParticipantId;
  rewardKind: RewardKind;
  amount: Money;
};

/** `level` is 0 where the rule as a whole has nothing to do with the conversion. */
export type Pass = {
  kind: "pass";
  ruleId: string;
  level: number;
  participantId: ParticipantId | null;
  reason: PassReason;
};

export type PassReason =
  | "trigger_mismatch"
  | "not_referred"
  | "referral_rejected"
  | "over_direct_limit"
  | "below_minimum"
  | "no_profit"
  | "no_amount"
  | "no_upline_at_level"
  | "no_rate_for_level"
  | "upline_inactive"
  | "own_conversion"
  | "rounds_to_zero"
  | "other_rule_won";

/** What an amount was computed from, for the trace: sentences for people, values for programs. */
export type Arithmetic = { lines: string[]; inputs: Record<string, string | number> };
