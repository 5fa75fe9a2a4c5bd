import type { Money } from "../primitives/money.ts";
import { unmetCondition } from "./condition.ts";
import { type Explanation, explainGrant, explainPass } from "./explanation.ts";
import type { PlanRule } from "./plan.ts";
import type { RuleFacts } from "./rules/rule.ts";
import { profitOf, ruleFactsOf, type SettlementFacts } from "./settlement-facts.ts";
import { passAt, passLevels, type Speaker, type UplineMember } from "./upline.ts";
import type { Grant, Pass, PassReason, Verdict } from "./verdict.ts";

export type { Grant, Pass, PassReason, SettlementFacts, UplineMember };

export type Settlement = {
  grants: Grant[];
  passes: Pass[];
  profit: Money;
  profitSource: "given" | "default_margin";
};

/**
 * All verdicts for one conversion. In this order: is the conversion eligible for the rule (kind, referral,
 * conditions), who holds which level, what does the rule pay, which rule wins where they compete.
 */
export function settle(facts: SettlementFacts): Settlement {
  const { plan, conversion } = facts;
  assertCurrency(conversion.amount, plan.currency);
  if (conversion.profit !== null) assertCurrency(conversion.profit, plan.currency);
  const { profit, profitSource } = profitOf(facts);
  const ruleFacts = ruleFactsOf(facts, profit);
  const verdicts: Verdict[] = [];
  for (const planRule of plan.rules) verdicts.push(...answer(planRule, facts, ruleFacts));
  const losers = plan.composition === "all" ? null : losersOf(verdicts, plan.composition);
  const grants: Grant[] = [];
  const passes: Pass[] = [];
  for (const verdict of verdicts) {
    if (verdict.kind === "pass") passes.push(verdict);
    else if (losers?.has(verdict)) passes.push(lostTo(verdict));
    else grants.push(verdict);
  }
  return { grants, passes, profit, profitSource };
}

/** Why a verdict is what it is. Nothing of this is computed until somebody asks. */
export function explain(verdict: Verdict, facts: SettlementFacts): Explanation {
  if (verdict.kind === "grant") return explainGrant(verdict, facts);
  return explainPass(verdict, facts, verdict.reason === "other_rule_won" ? winnerOver(verdict, facts) : null);
}

function answer(planRule: PlanRule, facts: SettlementFacts, ruleFacts: RuleFacts): Verdict[] {
  const speaker = { id: planRule.id, rewardKind: planRule.rule.rewardKind };
  if (planRule.on !== facts.conversion.kind) return [passAt(speaker, 0, undefined, "trigger_mismatch")];
  const obstacle = obstacleTo(planRule, facts);
  const { levels } = planRule.bound;
  const verdicts =
    obstacle === null
      ? planRule.bound.evaluate(ruleFacts)
      : passLevels(speaker, levels, ruleFacts.places, obstacle);
  return ruleFacts.places.passedOver.length === 0
    ? verdicts
    : verdicts.concat(passedOver(speaker, levels.at(-1) ?? 0, ruleFacts));
}

function obstacleTo(planRule: PlanRule, facts: SettlementFacts): PassReason | null {
  switch (facts.referral) {
    case "none":
      return "not_referred";
    case "no_reward":
      return "over_direct_limit";
    case "rejected":
      return "referral_rejected";
    case "counts":
      return unmetCondition(planRule.conditions, facts.conversion.amount);
  }
}

/** Those whom compression stepped over on the way to a level this rule pays. */
function passedOver(speaker: Speaker, deepest: number, { places }: RuleFacts): Pass[] {
  return places.passedOver
    .filter((member, steppedOver) => member.level - steppedOver <= deepest)
    .map((member) => passAt(speaker, member.level, member, "upline_inactive"));
}

/** Rules compete for a level within one currency: a commission and points never exclude each other. */
function losersOf(verdicts: readonly Verdict[], composition: "first" | "best"): Set<Grant> {
  const winners: Grant[] = [];
  const losers = new Set<Grant>();
  for (const verdict of verdicts) {
    if (verdict.kind === "pass") continue;
    const rival = winners.findIndex((winner) => competes(winner, verdict.level, verdict.amount.currency));
    const winner = winners[rival];
    if (winner === undefined) winners.push(verdict);
    else if (composition === "first" || verdict.amount.minor <= winner.amount.minor) losers.add(verdict);
    else {
      losers.add(winner);
      winners[rival] = verdict;
    }
  }
  return losers;
}

function competes(grant: Grant, level: number, currency: string): boolean {
  return grant.level === level && grant.amount.currency === currency;
}

function lostTo({ ruleId, level, to }: Grant): Pass {
  return { kind: "pass", ruleId, level, participantId: to, reason: "other_rule_won" };
}

function winnerOver(pass: Pass, facts: SettlementFacts): Grant | null {
  const currency = facts.plan.rules.find((rule) => rule.id === pass.ruleId)?.bound.currency;
  if (currency === undefined) return null;
  return settle(facts).grants.find((grant) => competes(grant, pass.level, currency)) ?? null;
}

/** Amounts in another currency are refused at the door, long before this. */
function assertCurrency({ currency }: Money, expected: string): void {
  if (currency !== expected) throw new Error(`A conversion in ${currency} reached a plan in ${expected}.`);
}
