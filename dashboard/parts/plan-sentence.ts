import type { LevelRate, PlanDocument, PlanRule } from "../wire.ts";
import { formatCount, formatMoney, POINTS } from "./money.ts";

/** Who reads: the advocate about themselves, or the operator about advocates. */
export type Voice = "you" | "advocate";

const BASIS: Record<string, string> = { percent_of_profit: "profit", percent_of_amount: "amount" };

/** The whole offer in one sentence per rule, from the plan itself. */
export function offerSentences(plan: PlanDocument, voice: Voice = "you"): string[] {
  return plan.rules.map((rule) => ruleSentence(rule, voice));
}

function ruleSentence(rule: PlanRule, voice: Voice): string {
  const levels = [...(rule.levels ?? [])].sort((a, b) => a.level - b.level);
  const subject = voice === "you" ? "You earn" : "The advocate earns";
  const acts = actWords(rule);
  const basis = BASIS[rule.rule];
  const parts = levels.map((level, index) => {
    const share = shareWords(level);
    const of = basis ? `${index === 0 ? ` of the ${basis}` : ""} on` : " for";
    return `${share}${of} ${whose(level.level, acts, index === 0, voice)}`;
  });
  if (parts.length === 0) return `${subject} by the rule “${rule.id}”.`;
  return `${subject} ${joinWords(parts)}.`;
}

function shareWords({ rate, amount, points }: LevelRate): string {
  if (rate !== undefined) return `${rate} %`;
  if (amount) return formatMoney(amount);
  return formatMoney({ amount: points ?? 0, currency: POINTS });
}

type Acts = { one: string; many: string; short: string };

function actWords(rule: PlanRule): Acts {
  const above = rule.when?.amount_above;
  const over = above ? ` over ${formatMoney(above)}` : "";
  if (rule.on === "purchase") return { one: `order${over}`, many: `orders${over}`, short: "orders" };
  if (rule.on === "signup") return { one: "sign-up", many: "sign-ups", short: "sign-ups" };
  const words = rule.on.replaceAll(/[_.]/g, " ");
  return { one: words, many: words, short: words };
}

function whose(level: number, acts: Acts, isFirst: boolean, voice: Voice): string {
  const own = voice === "you" ? "your friends’" : "friends’";
  if (level === 1) return `${own} ${acts.many}`;
  if (level === 2) return `their friends’ ${isFirst ? acts.many : acts.short}`;
  return isFirst ? `${acts.many} at level ${level}` : `level ${level}`;
}

function joinWords(parts: string[]): string {
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")}, and ${parts.at(-1)}`;
}

/** What a rule costs the program at most, each time. */
export function costSentences(plan: PlanDocument): string[] {
  return plan.rules.map((rule) => {
    const levels = rule.levels ?? [];
    const basis = BASIS[rule.rule];
    const { one } = actWords(rule);
    if (basis) return `Costs at most ${totalPercent(levels)} % of the ${basis} of an ${one}.`;
    const points = levels.reduce((sum, level) => sum + (level.points ?? 0), 0);
    if (points > 0) return `Costs no money: ${formatCount(points)} points for each ${one}.`;
    const money = levels.flatMap(({ amount }) => (amount ? [amount] : []));
    const first = money[0];
    if (!first) return "";
    const total = { ...first, amount: money.reduce((sum, { amount }) => sum + amount, 0) };
    return `Costs ${formatMoney(total)} for each ${one}.`;
  });
}

/** Decimal percents added exactly, in ten-thousandths. */
function totalPercent(levels: LevelRate[]): string {
  const total = levels.reduce((sum, { rate }) => sum + Math.round(Number(rate ?? 0) * 10_000), 0);
  return String(total / 10_000);
}

/** The terms around the rules, each a short sentence. */
export function termSentences(plan: PlanDocument, voice: Voice = "advocate"): string[] {
  const limit =
    plan.direct_limit === null
      ? "No limit on direct friends."
      : voice === "you"
        ? `Up to ${plan.direct_limit} direct friends.`
        : `At most ${plan.direct_limit} direct friends; a further one ${OVERFLOW[plan.overflow] ?? "joins"}.`;
  const hold =
    plan.hold_days === 0
      ? "Earnings are available at once."
      : `Earnings become available ${plan.hold_days} ${plan.hold_days === 1 ? "day" : "days"} after the order.`;
  if (voice === "you") return [limit, hold];
  return [
    limit,
    hold,
    `A link visit counts for ${plan.attribution_window_days} days.`,
    plan.inactive_upline === "compress"
      ? "The share of a suspended advocate passes up to the next active one."
      : "The share of a suspended advocate lapses.",
    ...(plan.rules.length > 1 ? [COMPOSITION[plan.composition] ?? ""] : []),
  ].filter(Boolean);
}

const OVERFLOW: Record<string, string> = {
  reject: "joins without an advocate",
  no_reward: "joins, but earns the advocate nothing",
  spillover: "is placed with the first advocate below who has room",
  waitlist: "joins and waits for the next free place",
};

const COMPOSITION: Record<string, string> = {
  all: "Every rule that applies pays.",
  first: "Of the rules that apply, the first pays.",
  best: "Of the rules that apply, the best pays.",
};
