import { fromWire, POINTS, type WireMoney } from "../primitives/money.ts";
import { formatMoney } from "../primitives/money-text.ts";
import type { Offer, OfferTrigger } from "../welcome/offer.ts";
import { giftsOf } from "./gift.ts";
import type { Plan, PlanRule } from "./plan.ts";
import { QUALIFIED } from "./plan-document.ts";
import type { Promotion } from "./promotion.ts";

/** The plan as a newcomer reads it: what they would earn, and what for. */
export function offerOf(plan: Plan, promotions: readonly Promotion[], now: Date): Offer {
  return {
    sentences: plan.rules.map((rule, index) =>
      sentenceOf(rule, (plan.document.rules[index] ?? {}) as Parameters),
    ),
    triggers: [...new Set(plan.rules.map(({ on }) => triggerOf(on)))],
    gifts: giftsOf(plan, promotions, now),
  };
}

/** The parameters rules have in common; each names its amount in its own way. */
type Parameters = {
  levels?: Share[];
  label?: string;
  of?: string;
  every?: number;
  at?: number[];
  pays?: WireMoney;
};
type Share = { level: number; rate?: string; amount?: WireMoney; points?: number };

const BASES = { profit: " of the profit", amount: " of the amount", reward: "", nothing: "" };

function triggerOf(on: string): OfferTrigger {
  if (on === QUALIFIED) return "purchase";
  return on === "purchase" || on === "signup" ? on : "other";
}

function sentenceOf(rule: PlanRule, parameters: Parameters): string {
  const { pays, levels = [] } = parameters;
  if (pays) return `You earn ${formatMoney(fromWire(pays))} ${milestoneWords(parameters)}.`;
  const sorted = [...levels].sort((a, b) => a.level - b.level);
  if (parameters.of !== undefined) return `You earn ${joinWords(sorted.map(shareOfReward))}.`;
  const own = sorted
    .filter(({ level }) => level > 0)
    .map((share, index) => partOf(rule, share, parameters, index));
  const friend = sorted.find(({ level }) => level === 0);
  const gift = friend && `${shareWords(friend, parameters)}${BASES[rule.rule.basis]}`;
  if (own.length === 0) return `Your friends get ${gift} for their ${actWords(rule, true)}.`;
  return `You earn ${joinWords(own)}.${gift ? ` Your friend gets ${gift}.` : ""}`;
}

/** What the rule at this place of the plan pays a level; null where it pays it nothing. */
export function levelShareWords(plan: Plan, index: number, level: number): string | null {
  const rule = plan.rules[index];
  const parameters = (plan.document.rules[index] ?? {}) as Parameters;
  const share = parameters.levels?.find((one) => one.level === level);
  return rule && share ? `${shareWords(share, parameters)}${BASES[rule.rule.basis]}` : null;
}

function partOf(rule: PlanRule, share: Share, parameters: Parameters, index: number): string {
  const { basis } = rule.rule;
  const of = basis === "nothing" ? " for" : `${index === 0 ? BASES[basis] : ""} on`;
  return `${shareWords(share, parameters)}${of} ${whoseWords(share.level, actWords(rule, index === 0))}`;
}

function shareOfReward({ level, rate }: Share): string {
  const below = level === 2 ? "your friends" : `people at level ${level - 1}`;
  return `${rate} % of what ${below} earn`;
}

function milestoneWords({ every, at = [] }: Parameters): string {
  if (every !== undefined) return `for every ${every} friends who qualify`;
  return `when ${joinWords(at.map(String))} friends have qualified`;
}

function shareWords({ rate, amount, points }: Share, { label }: Parameters): string {
  if (rate !== undefined) return `${rate} %`;
  if (amount !== undefined) return formatMoney(fromWire(amount));
  if (points !== undefined) return formatMoney({ minor: BigInt(points), currency: POINTS });
  return `a coupon (${label ?? ""})`;
}

function actWords({ on, conditions }: PlanRule, isWhole: boolean): string {
  const above = conditions.amountAbove;
  const over = isWhole && above ? ` over ${formatMoney(above)}` : "";
  if (on === "purchase") return `orders${over}`;
  if (on === QUALIFIED) return "first qualifying orders";
  return on === "signup" ? "sign-ups" : `${on.replaceAll(/[_.]/g, " ")}${over}`;
}

function whoseWords(level: number, acts: string): string {
  if (level === 1) return `your friends’ ${acts}`;
  return level === 2 ? `their friends’ ${acts}` : `${acts} at level ${level}`;
}

function joinWords(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")}, and ${parts.at(-1)}`;
}
