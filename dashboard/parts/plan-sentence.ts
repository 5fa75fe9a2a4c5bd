import type { LevelRate, PlanDocument, PlanRule, PlanTier } from "../wire.ts";
import { conditionWords } from "./condition-words.ts";
import { formatCount, formatMoney, POINTS } from "./money.ts";

/** Who reads: the advocate about themselves, or the operator about advocates. */
export type Voice = "you" | "advocate";

const BASIS: Record<string, string> = { percent_of_profit: "profit", percent_of_amount: "amount" };

/** The whole offer in one sentence per rule, from the plan itself. */
export function offerSentences(plan: PlanDocument, voice: Voice = "you"): string[] {
  return plan.rules.map((rule) => {
    const only = conditionWords(rule.when, plan.tiers);
    const sentence = ruleWords(rule, voice);
    return only.length === 0 ? `${sentence}.` : `${sentence}; only ${only.join(", ")}.`;
  });
}

function ruleWords(rule: PlanRule, voice: Voice): string {
  const subject = voice === "you" ? "You earn" : "The advocate earns";
  if (rule.pays) return `${subject} ${formatMoney(rule.pays)} ${milestoneWords(rule, voice)}`;
  const levels = [...(rule.levels ?? [])].sort((a, b) => a.level - b.level);
  const parts = levels
    .filter(({ level }) => level > 0)
    .map((level, index) => partWords(rule, level, index, voice));
  const own = levels.find(({ level }) => level === 0);
  const friend = own ? friendWords(rule, own, voice) : "";
  if (parts.length === 0) return friend || `${subject} by the rule “${rule.id}”`;
  const upward = `${subject} ${joinWords(parts)}`;
  return friend ? `${friend}; ${upward.charAt(0).toLowerCase()}${upward.slice(1)}` : upward;
}

function partWords(rule: PlanRule, level: LevelRate, index: number, voice: Voice): string {
  const share = shareWords(rule, level);
  if (rule.of !== undefined) return `${share} of what level ${level.level - 1} earns by “${rule.of}”`;
  const basis = BASIS[rule.rule];
  const of = basis ? `${index === 0 ? ` of the ${basis}` : ""} on` : " for";
  return `${share}${of} ${whose(level.level, actWords(rule), index === 0, voice)}`;
}

/** The other side of a double-sided reward: whoever buys. */
function friendWords(rule: PlanRule, level: LevelRate, voice: Voice): string {
  const basis = BASIS[rule.rule];
  const what = basis ? `${shareWords(rule, level)} of the ${basis}` : shareWords(rule, level);
  return `${voice === "you" ? "Your friend" : "The friend"} gets ${what} ${actWords(rule).own}`;
}

function shareWords({ label, value }: PlanRule, { rate, amount, points, by_tier }: LevelRate): string {
  if (label !== undefined) return `a coupon, “${label}”${value ? ` (${worthWords(value)})` : ""},`;
  if (rate !== undefined)
    return by_tier ? `${rate} % (by tier up to ${highest(rate, by_tier)} %)` : `${rate} %`;
  return formatMoney(amount ?? { amount: points ?? 0, currency: POINTS });
}

function worthWords({ percent, amount }: NonNullable<PlanRule["value"]>): string {
  return amount ? `${formatMoney(amount)} off` : `${percent ?? 0} % off`;
}

function highest(rate: string, byTier: Record<string, string>): string {
  return [rate, ...Object.values(byTier)].reduce((most, one) => (Number(one) > Number(most) ? one : most));
}

function milestoneWords({ every, at = [] }: PlanRule, voice: Voice): string {
  const friends = voice === "you" ? "friends of yours have qualified" : "of their friends have qualified";
  if (every !== undefined) return `each time ${formatCount(every)} more ${friends}`;
  return `when ${joinWords(at.map(formatCount), "or")} ${friends}`;
}

/** One of them, whose, several, several once more, and what the friend does for themselves. */
type Acts = { one: string; many: string; short: string; own: string };

function actWords(rule: PlanRule): Acts {
  const above = rule.when?.amount_above;
  const over = above ? ` over ${formatMoney(above)}` : "";
  if (rule.on === "purchase")
    return { one: `order${over}`, many: `orders${over}`, short: "orders", own: `on their orders${over}` };
  if (rule.on === "signup")
    return { one: "sign-up", many: "sign-ups", short: "sign-ups", own: "for signing up" };
  if (rule.on === "qualified")
    return { one: "friend who qualifies", many: "qualifying", short: "qualifying", own: "for qualifying" };
  const words = rule.on.replaceAll(/[_.]/g, " ");
  return { one: words, many: words, short: words, own: `for “${words}”` };
}

function whose(level: number, acts: Acts, isFirst: boolean, voice: Voice): string {
  const own = voice === "you" ? "your friends’" : "friends’";
  if (level === 1) return `${own} ${acts.many}`;
  if (level === 2) return `their friends’ ${isFirst ? acts.many : acts.short}`;
  return isFirst ? `${acts.many} at level ${level}` : `level ${level}`;
}

function joinWords(parts: string[], last = "and"): string {
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")}${last === "and" ? "," : ""} ${last} ${parts.at(-1)}`;
}

/** What a rule costs the program at most, each time. */
export function costSentences(plan: PlanDocument): string[] {
  const tier = mostExpensive(plan.tiers ?? []);
  return plan.rules.map((rule) => {
    const cost = costWords(rule);
    const isCoupon = rule.label !== undefined;
    return cost && tier && !isCoupon
      ? `${cost.slice(0, -1)}, and ${tier.multiplier} % of that at the tier ${tier.name}.`
      : cost;
  });
}

function costWords(rule: PlanRule): string {
  const levels = rule.levels ?? [];
  const { one } = actWords(rule);
  const an = /^[aeiou]/.test(one) ? "an" : "a";
  if (rule.of !== undefined) return `Costs at most ${totalPercent(levels)} % of what “${rule.of}” pays.`;
  if (BASIS[rule.rule])
    return `Costs at most ${totalPercent(levels)} % of the ${BASIS[rule.rule]} of ${an} ${one}.`;
  if (rule.label !== undefined)
    return `Costs ${levels.length === 1 ? "a coupon" : `${levels.length} coupons`} for each ${one}.`;
  if (rule.pays) return `Costs ${formatMoney(rule.pays)} at each milestone of an advocate.`;
  const points = levels.reduce((sum, level) => sum + (level.points ?? 0), 0);
  if (points > 0) return `Costs no money: ${formatCount(points)} points for each ${one}.`;
  const money = levels.flatMap(({ amount }) => (amount ? [amount] : []));
  const first = money[0];
  if (!first) return "";
  const total = { ...first, amount: money.reduce((sum, { amount }) => sum + amount, 0) };
  return `Costs ${formatMoney(total)} for each ${one}.`;
}

function mostExpensive(tiers: readonly PlanTier[]): PlanTier | undefined {
  return tiers
    .filter(({ multiplier }) => Number(multiplier ?? 100) > 100)
    .sort((a, b) => Number(b.multiplier) - Number(a.multiplier))[0];
}

/** Decimal percents added exactly, in ten-thousandths; with everyone of the tier that earns most. */
function totalPercent(levels: LevelRate[]): string {
  const total = levels.reduce(
    (sum, { rate = "0", by_tier = {} }) => sum + Math.round(Number(highest(rate, by_tier)) * 10_000),
    0,
  );
  return String(total / 10_000);
}
