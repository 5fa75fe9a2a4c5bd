import { formatMoney } from "../primitives/money-text.ts";
import { formatPercent } from "../primitives/rate.ts";
import type { Conditions } from "./condition.ts";
import type { PlanRule } from "./plan.ts";
import { profitOf, type SettlementFacts } from "./settlement-facts.ts";
import type { Arithmetic, Grant, Pass } from "./verdict.ts";

type Background = Pick<Arithmetic, "lines" | "inputs">;

/** What a pass was decided on, where that is not an amount. */
export function backgroundOf(pass: Pass, planRule: PlanRule, facts: SettlementFacts): Background {
  const { conversion } = facts;
  switch (pass.reason) {
    case "no_profit":
      return profitOf(facts).profitSource === "given"
        ? { lines: [], inputs: profitInputs(facts) }
        : { lines: [marginLine(facts)], inputs: profitInputs(facts) };
    case "below_minimum": {
      const { amount } = conversion;
      const threshold = planRule.conditions.amountAbove?.minor ?? 0n;
      const inputs = {
        amount: Number(amount.minor),
        amount_above: Number(threshold),
        currency: amount.currency,
      };
      return { lines: [], inputs };
    }
    case "trigger_mismatch":
      return { lines: [], inputs: { on: planRule.on, kind: conversion.kind } };
    default:
      return { lines: [], inputs: {} };
  }
}

export function marginLine(facts: SettlementFacts): string {
  const { conversion, defaultMargin } = facts;
  const margin = `${formatPercent(defaultMargin)} % of ${formatMoney(conversion.amount)}`;
  return `No profit was sent, so the program's default margin counts: ${margin} = ${formatMoney(profitOf(facts).profit)} profit`;
}

function profitInputs(facts: SettlementFacts): Record<string, string | number> {
  const { profit, profitSource } = profitOf(facts);
  return { profit: Number(profit.minor), currency: profit.currency, profit_source: profitSource };
}

/** Why somebody does not earn, in one sentence. */
export function passMessage(
  pass: Pass,
  planRule: PlanRule,
  facts: SettlementFacts,
  winner: Grant | null,
): string {
  const { conversion, plan } = facts;
  const act = actWord(conversion.kind);
  const { level } = pass;
  const who = level === 0 ? "the friend" : `level ${level}`;
  switch (pass.reason) {
    case "trigger_mismatch":
      return `Rule "${planRule.id}" pays for ${kindWords(planRule.on)}; this was ${kindWords(conversion.kind)}.`;
    case "not_qualifying":
      return `Rule "${planRule.id}" pays when a referral qualifies; this ${act} did not make it qualify.`;
    case "not_referred":
      return `Nobody referred this participant, so this ${act} does not earn.`;
    case "referral_rejected":
      return `The referral of this participant was rejected, so this ${act} does not earn.`;
    case "over_direct_limit":
      return `A referral beyond the limit of direct referrals leads here, so ${who} does not earn.`;
    case "before_referral":
      return `This ${act} happened before the referral was made, so it does not earn.`;
    case "below_minimum": {
      const threshold = planRule.conditions.amountAbove ?? { minor: 0n, currency: plan.currency };
      return `${formatMoney(conversion.amount)} is not over ${formatMoney(threshold)}, so this ${act} does not earn.`;
    }
    case "not_nth":
      return `Rule "${planRule.id}" pays ${nthWords(planRule.conditions.nth)}, and this one is not.`;
    case "too_late":
      return `This ${act} came more than ${planRule.conditions.withinDays ?? 0} days after the referral, so it does not earn.`;
    case "country_excluded":
      return `Rule "${planRule.id}" is not for ${conversion.country ?? "buyers whose country is not known"}.`;
    case "channel_excluded":
      return `Rule "${planRule.id}" is not for referrals through ${conversion.channel ?? "a channel that is not known"}.`;
    case "product_excluded":
      return `Rule "${planRule.id}" is not for ${conversion.product ? `"${conversion.product}"` : "purchases whose product is not known"}.`;
    case "segment_excluded":
      return `Rule "${planRule.id}" is not for ${conversion.segment ? `the segment "${conversion.segment}"` : "buyers whose segment is not known"}.`;
    case "tier_not_reached":
      return `Rule "${planRule.id}" is for higher tiers than the one ${who} has reached.`;
    case "no_profit":
      return `This ${act} made no profit, so there is nothing to share.`;
    case "no_amount":
      return `This ${act} has no amount, so there is nothing to share.`;
    case "no_reward_below":
      return `Nothing was granted at level ${level - 1}, so there is nothing to share.`;
    case "no_milestone":
      return `The number of qualified referrals is no milestone of rule "${planRule.id}".`;
    case "no_upline_at_level":
      return `Nobody stands at level ${level}, so its share is not paid.`;
    case "no_rate_for_level":
      return `Rule "${planRule.id}" pays nothing at level ${level}.`;
    case "upline_inactive":
      return inactiveMessage(pass, facts);
    case "own_conversion":
      return `Nobody earns from their own ${act}.`;
    case "rounds_to_zero":
      return `The share of ${who} is less than the smallest coin, so nothing is paid.`;
    case "cap_reached":
      return `A limit on what is granted has been reached, so ${who} earns nothing by rule "${planRule.id}".`;
    case "other_rule_won":
      return winner === null
        ? `Another rule pays ${who} instead.`
        : `Rule "${winner.ruleId}" pays ${who} instead: ${formatMoney(winner.amount)}.`;
  }
}

function inactiveMessage({ level, participantId }: Pass, { plan, upline }: SettlementFacts): string {
  const member = upline.find((one) => one.participantId === participantId);
  const state = member?.status === "inactive" ? "not active" : "suspended";
  return plan.inactiveUpline === "compress"
    ? `The participant at level ${level} is ${state}, so the share passes up to the next active one.`
    : `The participant at level ${level} is ${state}, so the share of level ${level} lapses.`;
}

function nthWords(nth: Conditions["nth"]): string {
  if (nth === null || (nth.from === 1n && nth.to === 1n)) return "for the first only";
  if (nth.to === null) return `from number ${nth.from} on`;
  return nth.from === nth.to ? `for number ${nth.to} only` : `for numbers ${nth.from} to ${nth.to}`;
}

/** "this order", "this sign-up", "this trial started". */
function actWord(kind: string): string {
  if (kind === "purchase") return "order";
  return kind === "signup" ? "sign-up" : kind.replaceAll(/[_.]/g, " ");
}

function kindWords(kind: string): string {
  if (kind === "purchase") return "a purchase";
  return kind === "signup" ? "a sign-up" : `"${kind}"`;
}
