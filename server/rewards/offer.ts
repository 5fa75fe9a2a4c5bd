import { fromWire, POINTS, type WireMoney } from "../primitives/money.ts";
import { formatMoney } from "../primitives/money-text.ts";
import type { Offer, OfferTrigger } from "../welcome/offer.ts";
import type { Plan, PlanRule } from "./plan.ts";

/** The plan as a newcomer reads it: what they would earn, and what for. */
export function offerOf(plan: Plan): Offer {
  return {
    sentences: plan.rules.map((rule, index) => sentenceOf(rule, plan.document.rules[index] ?? {})),
    triggers: [...new Set(plan.rules.map(({ on }) => triggerOf(on)))],
  };
}

/** The parameters rules have in common; each names its amount in its own way. */
type Parameters = { id?: string; levels?: Share[] };
type Share = { level: number; rate?: string; amount?: WireMoney; points?: number };

const BASES = { profit: " of the profit", amount: " of the amount", nothing: "" };

function triggerOf(on: string): OfferTrigger {
  return on === "purchase" || on === "signup" ? on : "other";
}

function sentenceOf(rule: PlanRule, parameters: Parameters): string {
  const levels = [...(parameters.levels ?? [])].sort((a, b) => a.level - b.level);
  const { basis } = rule.rule;
  const parts = levels.map((share, index) => {
    const of = basis === "nothing" ? " for" : `${index === 0 ? BASES[basis] : ""} on`;
    return `${shareWords(share)}${of} ${whoseWords(share.level, actWords(rule, index === 0))}`;
  });
  return `You earn ${joinWords(parts)}.`;
}

function shareWords({ rate, amount, points = 0 }: Share): string {
  if (rate !== undefined) return `${rate} %`;
  return formatMoney(amount ? fromWire(amount) : { minor: BigInt(points), currency: POINTS });
}

function actWords({ on, conditions }: PlanRule, isWhole: boolean): string {
  const above = conditions.amountAbove;
  const over = isWhole && above ? ` over ${formatMoney(above)}` : "";
  if (on === "purchase") return `orders${over}`;
  return on === "signup" ? "sign-ups" : `${on.replaceAll(/[_.]/g, " ")}${over}`;
}

function whoseWords(level: number, acts: string): string {
  if (level === 1) return `your friends’ ${acts}`;
  return level === 2 ? `their friends’ ${acts}` : `${acts} at level ${level}`;
}

function joinWords(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")}, and ${parts.at(-1)}`;
}
