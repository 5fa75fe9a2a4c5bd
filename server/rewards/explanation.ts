import { formatMoney, formatUnrounded } from "../primitives/money-text.ts";
import { formatPercent, RATE_ONE } from "../primitives/rate.ts";
import { EXACT_DIGITS, type Step } from "./final-amount.ts";
import { backgroundOf, marginLine, passMessage } from "./pass-explanation.ts";
import type { PlanRule } from "./plan.ts";
import type { RuleFacts } from "./rules/rule.ts";
import { profitOf, type SettlementFacts } from "./settlement-facts.ts";
import { isInactive } from "./upline.ts";
import type { Grant, Pass } from "./verdict.ts";

/** One sentence, the arithmetic behind it line by line, and the values it was computed from. */
export type Explanation = { message: string; arithmetic: string[]; inputs: Record<string, string | number> };

/** `steps`: what changed the amount after the rule had named it. */
export function explainGrant(
  grant: Grant,
  facts: SettlementFacts,
  ruleFacts: RuleFacts,
  steps: readonly Step[],
): Explanation {
  const { lines, inputs, exact } = amountAt(ruleNamed(grant.ruleId, facts), grant.level, facts, ruleFacts);
  const changes = steps.flatMap((step) => stepLine(step, grant.amount.currency));
  const paid = formatMoney(grant.amount);
  const base = lines.at(-1) ?? "";
  const sum = isChanged(steps) ? `In all ${paid}` : null;
  const message = sum === null ? rounded(base, exact, paid) : [base, ...changes, sum].join("; ");
  const arithmetic =
    sum === null ? [...lines.slice(0, -1), message, ...changes] : [...lines, ...changes, sum];
  const distance = facts.upline.find((member) => member.participantId === grant.to)?.level ?? grant.level;
  if (distance !== grant.level) arithmetic.push(passedUp(grant.level, distance, facts));
  if (grant.isHeld) arithmetic.push("It is kept until this participant is active again");
  return {
    message,
    arithmetic,
    inputs: {
      ...inputs,
      ...stepInputs(steps),
      level: grant.level,
      distance,
      plan_version: facts.planVersion,
    },
  };
}

/** `winner` is the grant of the rule that won, where the reason is that another did. */
export function explainPass(
  pass: Pass,
  facts: SettlementFacts,
  ruleFacts: RuleFacts,
  winner: Grant | null,
  steps: readonly Step[],
): Explanation {
  const planRule = ruleNamed(pass.ruleId, facts);
  const hasAmount = ["rounds_to_zero", "other_rule_won", "cap_reached"].includes(pass.reason);
  const { lines, inputs } = hasAmount
    ? wouldHavePaid(planRule, pass.level, facts, ruleFacts)
    : backgroundOf(pass, planRule, facts);
  return {
    message: passMessage(pass, planRule, facts, winner),
    arithmetic: [...lines, ...steps.flatMap((step) => stepLine(step, planRule.bound.currency))],
    inputs: { ...inputs, level: pass.level, plan_version: facts.planVersion },
  };
}

export function ruleNamed(id: string, { plan }: SettlementFacts): PlanRule {
  const planRule = plan.rules.find((rule) => rule.id === id);
  if (planRule === undefined) throw new Error(`Plan "${plan.name}" has no rule "${id}".`);
  return planRule;
}

function amountAt(planRule: PlanRule, level: number, facts: SettlementFacts, ruleFacts: RuleFacts) {
  const { lines, inputs, exact } = planRule.bound.explain(level, ruleFacts);
  if (planRule.rule.basis !== "profit") return { lines, inputs, exact };
  const { profitSource } = profitOf(facts);
  return {
    lines: profitSource === "given" ? lines : [marginLine(facts), ...lines],
    inputs: { ...inputs, profit_source: profitSource },
    exact,
  };
}

function wouldHavePaid(planRule: PlanRule, level: number, facts: SettlementFacts, ruleFacts: RuleFacts) {
  const { lines, inputs, exact } = amountAt(planRule, level, facts, ruleFacts);
  const paid = formatMoney({ minor: exact / RATE_ONE, currency: planRule.bound.currency });
  return { lines: [...lines.slice(0, -1), rounded(lines.at(-1) ?? "", exact, paid)], inputs };
}

function rounded(line: string, exact: bigint, paid: string): string {
  return exact % RATE_ONE === 0n ? line : `${line}, rounded down to ${paid}`;
}

function isChanged(steps: readonly Step[]): boolean {
  return steps.some(({ kind }) => kind !== "promotion_full");
}

function stepLine(step: Step, currency: string): string[] {
  const amount = (exact: bigint) => formatUnrounded(exact, EXACT_DIGITS, currency);
  switch (step.kind) {
    case "promotion": {
      const cut = step.isCut ? ", which is all that was left of its budget" : "";
      return [`The promotion "${step.name}" adds ${amount(step.added)}${cut}`];
    }
    case "promotion_full":
      return step.why === "budget"
        ? [`The budget of the promotion "${step.name}" is used up`]
        : [`The promotion "${step.name}" was for the first who came`];
    case "tier":
      return [
        `${step.tier.name} earns ${formatPercent(step.tier.multiplier)} %, which makes ${amount(step.exact)}`,
      ];
    case "cap":
      return [`The cap "${step.cap.id}" has ${formatMoney(step.left)} left`];
  }
}

function stepInputs(steps: readonly Step[]): Record<string, string | number> {
  const inputs: Record<string, string | number> = {};
  for (const step of steps) {
    if (step.kind === "tier") inputs["tier"] = step.tier.id;
    if (step.kind === "promotion") inputs["promotion"] = step.name;
    if (step.kind === "cap") inputs["cap"] = step.cap.id;
  }
  return inputs;
}

function passedUp(level: number, distance: number, { upline }: SettlementFacts): string {
  const over = upline.filter((member) => member.level < distance && isInactive(member));
  const state = over.every(({ status }) => status === "inactive") ? "inactive" : "suspended";
  const count = distance - level;
  const people = count === 1 ? `one ${state} participant` : `${count} ${state} participants`;
  return `The share of level ${level} passed up over ${people} to the participant at distance ${distance}`;
}
