import { formatMoney } from "../primitives/money-text.ts";
import { formatPercent } from "../primitives/rate.ts";
import type { PlanRule } from "./plan.ts";
import { profitOf, ruleFactsOf, type SettlementFacts } from "./settlement-facts.ts";
import type { Arithmetic, Grant, Pass } from "./verdict.ts";

/** One sentence, the arithmetic behind it line by line, and the values it was computed from. */
export type Explanation = { message: string; arithmetic: string[]; inputs: Record<string, string | number> };

export function explainGrant(grant: Grant, facts: SettlementFacts): Explanation {
  const { lines, inputs } = amountAt(ruleNamed(grant.ruleId, facts), grant.level, facts);
  const distance = facts.upline.find((member) => member.participantId === grant.to)?.level ?? grant.level;
  const arithmetic = [...lines];
  if (distance !== grant.level) arithmetic.push(passedUp(grant.level, distance));
  return {
    message: lines.at(-1) ?? "",
    arithmetic,
    inputs: { ...inputs, level: grant.level, distance, plan_version: facts.planVersion },
  };
}

/** `winner` is the grant of the rule that won, where the reason is that another did. */
export function explainPass(pass: Pass, facts: SettlementFacts, winner: Grant | null): Explanation {
  const planRule = ruleNamed(pass.ruleId, facts);
  const { lines, inputs } = backgroundOf(pass, planRule, facts);
  return {
    message: passMessage(pass, planRule, facts, winner),
    arithmetic: lines,
    inputs: { ...inputs, level: pass.level, plan_version: facts.planVersion },
  };
}

function ruleNamed(id: string, { plan }: SettlementFacts): PlanRule {
  const planRule = plan.rules.find((rule) => rule.id === id);
  if (planRule === undefined) throw new Error(`Plan "${plan.name}" has no rule "${id}".`);
  return planRule;
}

function amountAt(planRule: PlanRule, level: number, facts: SettlementFacts): Arithmetic {
  const { profit } = profitOf(facts);
  const { lines, inputs } = planRule.bound.explain(level, ruleFactsOf(facts, profit));
  if (planRule.rule.basis !== "profit") return { lines, inputs };
  const { profitSource } = profitOf(facts);
  return {
    lines: profitSource === "given" ? lines : [marginLine(facts), ...lines],
    inputs: { ...inputs, profit_source: profitSource },
  };
}

function marginLine(facts: SettlementFacts): string {
  const { conversion, defaultMargin } = facts;
  const margin = `${formatPercent(defaultMargin)} % of ${formatMoney(conversion.amount)}`;
  return `No profit was sent, so the program's default margin counts: ${margin} = ${formatMoney(profitOf(facts).profit)} profit`;
}

function passedUp(level: number, distance: number): string {
  const count = distance - level;
  const people = count === 1 ? "one suspended participant" : `${count} suspended participants`;
  return `The share of level ${level} passed up over ${people} to the participant at distance ${distance}`;
}

function backgroundOf(pass: Pass, planRule: PlanRule, facts: SettlementFacts): Arithmetic {
  const { amount } = facts.conversion;
  switch (pass.reason) {
    case "rounds_to_zero":
    case "other_rule_won":
      return amountAt(planRule, pass.level, facts);
    case "no_profit":
      return profitOf(facts).profitSource === "given"
        ? { lines: [], inputs: profitInputs(facts) }
        : { lines: [marginLine(facts)], inputs: profitInputs(facts) };
    case "below_minimum": {
      const threshold = planRule.conditions.amountAbove?.minor ?? 0n;
      const inputs = {
        amount: Number(amount.minor),
        amount_above: Number(threshold),
        currency: amount.currency,
      };
      return { lines: [], inputs };
    }
    case "trigger_mismatch":
      return { lines: [], inputs: { on: planRule.on, kind: facts.conversion.kind } };
    case "not_referred":
    case "referral_rejected":
    case "over_direct_limit":
    case "no_amount":
    case "no_upline_at_level":
    case "no_rate_for_level":
    case "upline_inactive":
    case "own_conversion":
      return { lines: [], inputs: {} };
  }
}

function profitInputs(facts: SettlementFacts): Record<string, string | number> {
  const { profit, profitSource } = profitOf(facts);
  return { profit: Number(profit.minor), currency: profit.currency, profit_source: profitSource };
}

function passMessage(pass: Pass, planRule: PlanRule, facts: SettlementFacts, winner: Grant | null): string {
  const { conversion, plan } = facts;
  const act = actWord(conversion.kind);
  const { level } = pass;
  switch (pass.reason) {
    case "trigger_mismatch":
      return `Rule "${planRule.id}" pays for ${kindWords(planRule.on)}; this was ${kindWords(conversion.kind)}.`;
    case "not_referred":
      return `Nobody referred this participant, so this ${act} does not earn.`;
    case "referral_rejected":
      return `The referral of this participant was rejected, so this ${act} does not earn.`;
    case "over_direct_limit":
      return `A referral beyond the limit of direct referrals leads here, so level ${level} does not earn.`;
    case "below_minimum": {
      const threshold = planRule.conditions.amountAbove ?? { minor: 0n, currency: plan.currency };
      return `${formatMoney(conversion.amount)} is not over ${formatMoney(threshold)}, so this ${act} does not earn.`;
    }
    case "no_profit":
      return `This ${act} made no profit, so there is nothing to share.`;
    case "no_amount":
      return `This ${act} has no amount, so there is nothing to share.`;
    case "no_upline_at_level":
      return `Nobody stands at level ${level}, so its share is not paid.`;
    case "no_rate_for_level":
      return `Rule "${planRule.id}" pays nothing at level ${level}.`;
    case "upline_inactive":
      return plan.inactiveUpline === "compress"
        ? `The participant at level ${level} is suspended, so the share passes up to the next active one.`
        : `The participant at level ${level} is suspended, so the share of level ${level} lapses.`;
    case "own_conversion":
      return `Nobody earns from their own ${act}.`;
    case "rounds_to_zero":
      return `The share of level ${level} is less than the smallest coin, so nothing is paid.`;
    case "other_rule_won":
      return winner === null
        ? `Another rule pays level ${level} instead.`
        : `Rule "${winner.ruleId}" pays level ${level} instead: ${formatMoney(winner.amount)}.`;
  }
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
