import type { Money } from "../primitives/money.ts";
import { asksHolder, type Conditions, unmetByHolder, unmetCondition } from "./condition.ts";
import { type CounterUse, nthKey, qualifiedKey } from "./counter.ts";
import { type Explanation, explainGrant, explainPass, ruleNamed } from "./explanation.ts";
import { finalAmount, nthOf, type Step } from "./final-amount.ts";
import { passMessage } from "./pass-explanation.ts";
import type { PlanRule } from "./plan.ts";
import type { RuleFacts } from "./rules/rule.ts";
import { profitOf, type SettlementFacts } from "./settlement-facts.ts";
import { openTally, type Tally } from "./tally.ts";
import { rememberTiers, type TierOf } from "./tier.ts";
import { passAt, passLevels, placeUpline, type Speaker, type UplineMember } from "./upline.ts";
import type { Answer, Grant, Pass, PassReason, Portion, Verdict } from "./verdict.ts";

export type { Grant, Pass, PassReason, SettlementFacts, UplineMember };

export type Settlement = {
  grants: Grant[];
  passes: Pass[];
  profit: Money;
  profitSource: "given" | "default_margin";
  /** This conversion makes the buyer's referral qualified. */
  qualifies: boolean;
  /** What it adds to counters. */
  uses: CounterUse[];
  /** The counters it looked at, as they stood before. */
  readings: [key: string, value: bigint][];
};

/** Clocks of shops and mistaken time zones differ by less; what is older came before the referral. */
const BEFORE_REFERRAL_MS = 86_400_000;

/** A settlement while it is made: what rules may see, what has been counted, and what was granted so far. */
type Desk = {
  facts: SettlementFacts;
  ruleFacts: RuleFacts & { qualifiedNumber: bigint };
  tally: Tally;
  tierOf: TierOf;
  grants: Grant[];
  passes: Pass[];
  /** What changed the amount of each portion, where somebody wants to know. */
  steps: Map<string, Step[]> | null;
};

/**
 * All verdicts for one conversion, in the order that docs/guides/plans.md defines: eligibility, uplines, rules,
 * composition, qualification, promotions, tiers, caps, rounding, shares of rewards.
 */
export function settle(facts: SettlementFacts): Settlement {
  return settlementOf(run(facts, null));
}

/** Why a verdict is what it is. Nothing of this is computed until somebody asks. */
export function explain(verdict: Verdict, facts: SettlementFacts): Explanation {
  const desk = explainedDesk(facts);
  const { ruleFacts, steps } = desk;
  if (verdict.kind === "grant")
    return explainGrant(verdict, facts, ruleFacts, steps?.get(placeOf(verdict, verdict.to)) ?? []);
  const winner = verdict.reason === "other_rule_won" ? winnerOver(verdict, desk) : null;
  const own = steps?.get(placeOf(verdict, verdict.participantId)) ?? [];
  return explainPass(verdict, facts, ruleFacts, winner, own);
}

/** The sentence of a pass alone. Most of them can be said without settling again. */
export function messageOf(pass: Pass, facts: SettlementFacts): string {
  const winner = pass.reason === "other_rule_won" ? winnerOver(pass, explainedDesk(facts)) : null;
  return passMessage(pass, ruleNamed(pass.ruleId, facts), facts, winner);
}

/** An answer explains every pass of one settlement: they share the desk it was made on. */
const desks = new WeakMap<SettlementFacts, Desk>();

function explainedDesk(facts: SettlementFacts): Desk {
  const desk = desks.get(facts) ?? run(facts, new Map());
  desks.set(facts, desk);
  return desk;
}

function run(facts: SettlementFacts, steps: Map<string, Step[]> | null): Desk {
  const desk = openDesk(facts, steps);
  const { plan } = facts;
  const answers: Answer[] = [];
  for (const planRule of plan.rules)
    if (planRule.stage === "conversion") answers.push(...answer(planRule, desk));
  const portions = composed(answers, desk);
  const qualifies = isQualifying(portions, desk);
  if (qualifies) countQualified(desk);
  for (const planRule of plan.rules)
    if (planRule.stage === "qualified")
      portions.push(...kept(answerQualified(planRule, qualifies, desk), desk));
  for (const portion of portions) pay(portion, desk);
  for (const planRule of plan.rules)
    if (planRule.stage === "reward")
      for (const portion of kept(answer(planRule, desk), desk)) pay(portion, desk);
  if (facts.kept.nth)
    desk.tally.add({ key: nthKey(facts.conversion.participantId, facts.conversion.kind), amount: 1n });
  return desk;
}

function openDesk(facts: SettlementFacts, steps: Desk["steps"]): Desk {
  const { plan, conversion, upline } = facts;
  assertCurrency(conversion.amount, plan.currency);
  if (conversion.profit !== null) assertCurrency(conversion.profit, plan.currency);
  const tally = openTally(facts.counters);
  const tierBefore = rememberTiers(plan.tiers, { get: tally.before });
  const grants: Grant[] = [];
  const places = placeUpline(conversion.participantId, upline, plan.inactiveUpline, Math.max(1, plan.depth));
  const ruleFacts = {
    amount: conversion.amount,
    profit: profitOf(facts).profit,
    places,
    tierAt(level: number) {
      const holder = places.holders[level];
      return holder ? (tierBefore(holder.participantId)?.id ?? null) : null;
    },
    qualifiedNumber: 0n,
    grantedBy: (ruleId: string, level: number) =>
      grants.find((grant) => grant.ruleId === ruleId && grant.level === level)?.amount.minor ?? 0n,
  };
  return { facts, ruleFacts, tally, tierOf: tierBefore, grants, passes: [], steps };
}

function settlementOf({ facts, tally, grants, passes, ruleFacts }: Desk): Settlement {
  return {
    grants,
    passes,
    ...profitOf(facts),
    qualifies: ruleFacts.qualifiedNumber > 0n,
    uses: tally.uses(),
    readings: tally.readings(),
  };
}

function answer(planRule: PlanRule, desk: Desk): Answer[] {
  const { facts } = desk;
  if (planRule.on !== facts.conversion.kind)
    return [passAt(speakerOf(planRule), 0, undefined, "trigger_mismatch")];
  return answerAsked(planRule, desk);
}

function answerQualified(planRule: PlanRule, qualifies: boolean, desk: Desk): Answer[] {
  if (!qualifies) return [passAt(speakerOf(planRule), 0, undefined, "not_qualifying")];
  return answerAsked(planRule, desk);
}

function answerAsked(planRule: PlanRule, desk: Desk): Answer[] {
  const { ruleFacts } = desk;
  const speaker = speakerOf(planRule);
  const obstacle = obstacleTo(planRule.conditions, desk);
  const { levels } = planRule.bound;
  const answers =
    obstacle === null
      ? planRule.bound.evaluate(ruleFacts)
      : passLevels(speaker, levels, ruleFacts.places, obstacle);
  const asked = asksHolder(planRule.conditions)
    ? answers.map((one) => askHolder(one, planRule, desk))
    : answers;
  return ruleFacts.places.passedOver.length === 0
    ? asked
    : asked.concat(passedOver(speaker, levels.at(-1) ?? 0, ruleFacts));
}

function speakerOf({ id, bound }: PlanRule): Speaker {
  return { id, rewardKind: bound.rewardKind };
}

function obstacleTo(conditions: Conditions, { facts, tally }: Desk): PassReason | null {
  switch (facts.referral) {
    case "none":
      return "not_referred";
    case "no_reward":
      return "over_direct_limit";
    case "rejected":
      return "referral_rejected";
    case "counts":
      if (isBeforeReferral(facts)) return "before_referral";
      return unmetCondition(conditions, facts, () => nthOf(facts, tally));
  }
}

function isBeforeReferral({ referredAt, conversion }: SettlementFacts): boolean {
  return referredAt !== null && conversion.occurredAt.getTime() < referredAt.getTime() - BEFORE_REFERRAL_MS;
}

/** Conditions on who holds a level are asked last, and only of those who would be paid. */
function askHolder(answered: Answer, planRule: PlanRule, { ruleFacts }: Desk): Answer {
  if (answered.kind === "pass") return answered;
  const holder = ruleFacts.places.holders[answered.level];
  if (holder === undefined) return answered;
  const reason = unmetByHolder(planRule.conditions, holder, ruleFacts.tierAt(answered.level));
  return reason === null ? answered : passAt(speakerOf(planRule), answered.level, holder, reason);
}

/** Those whom compression stepped over on the way to a level this rule pays. */
function passedOver(speaker: Speaker, deepest: number, { places }: RuleFacts): Pass[] {
  return places.passedOver
    .filter((member, steppedOver) => member.level - steppedOver <= deepest)
    .map((member) => passAt(speaker, member.level, member, "upline_inactive"));
}

/** The portions among answers; the passes are kept beside. */
function kept(answers: readonly Answer[], { passes }: Desk): Portion[] {
  const portions: Portion[] = [];
  for (const one of answers)
    if (one.kind === "pass") passes.push(one);
    else portions.push(one);
  return portions;
}

/** Rules compete for a level within one currency: a commission and points never exclude each other. */
function composed(answers: readonly Answer[], desk: Desk): Portion[] {
  const portions = kept(answers, desk);
  const { composition } = desk.facts.plan;
  if (composition === "all") return portions;
  const losers = losersOf(portions, composition);
  if (losers.size === 0) return portions;
  for (const { ruleId, level, to } of losers)
    desk.passes.push({ kind: "pass", ruleId, level, participantId: to, reason: "other_rule_won" });
  return portions.filter((portion) => !losers.has(portion));
}

function losersOf(portions: readonly Portion[], composition: "first" | "best"): Set<Portion> {
  const winners: Portion[] = [];
  const losers = new Set<Portion>();
  for (const portion of portions) {
    const rival = winners.findIndex(
      (one) => one.level === portion.level && one.currency === portion.currency,
    );
    const winner = winners[rival];
    if (winner === undefined) winners.push(portion);
    else if (composition === "first" || portion.exact <= winner.exact) losers.add(portion);
    else {
      losers.add(winner);
      winners[rival] = portion;
    }
  }
  return losers;
}

function isQualifying(portions: readonly Portion[], desk: Desk): boolean {
  const { plan, referral, isQualified, conversion } = desk.facts;
  if (referral !== "counts" || isQualified) return false;
  if (plan.qualifies === null) return portions.some(({ level }) => level === 1);
  return plan.qualifies.on === conversion.kind && obstacleTo(plan.qualifies.conditions, desk) === null;
}

/** The number is the advocate's; whoever holds level 1 in their stead has reached nothing by it. */
function countQualified({ facts, ruleFacts, tally }: Desk): void {
  const advocate = facts.upline.find(({ level }) => level === 1);
  if (advocate === undefined) {
    ruleFacts.qualifiedNumber = 1n;
    return;
  }
  const key = qualifiedKey(advocate.participantId);
  ruleFacts.qualifiedNumber = facts.kept.qualified ? tally.before(key) + 1n : 1n;
  if (facts.kept.qualified) tally.add({ key, amount: 1n });
}

function pay(portion: Portion, desk: Desk): void {
  const { facts, tally, steps } = desk;
  const own: Step[] = [];
  const note = steps === null ? ignore : (step: Step) => void own.push(step);
  const verdict = finalAmount(portion, { facts, tally, tierOf: desk.tierOf, note });
  steps?.set(placeOf(portion, portion.to), own);
  if (verdict.kind === "grant") desk.grants.push(verdict);
  else desk.passes.push(verdict);
}

const ignore = (): void => {};

function placeOf({ ruleId, level }: { ruleId: string; level: number }, who: string | null): string {
  return `${ruleId} ${level} ${who}`;
}

function winnerOver(pass: Pass, { facts, grants }: Desk): Grant | null {
  const currency = facts.plan.rules.find((rule) => rule.id === pass.ruleId)?.bound.currency;
  const rivals = facts.plan.rules.filter(({ stage, id }) => stage === "conversion" && id !== pass.ruleId);
  return (
    grants.find(
      (grant) =>
        grant.level === pass.level &&
        grant.amount.currency === currency &&
        rivals.some(({ id }) => id === grant.ruleId),
    ) ?? null
  );
}

/** Amounts in another currency are exchanged at the door, long before this. */
function assertCurrency({ currency }: Money, expected: string): void {
  if (currency !== expected) throw new Error(`A conversion in ${currency} reached a plan in ${expected}.`);
}
