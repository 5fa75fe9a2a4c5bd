import type { PlanCap, PlanDocument, PlanTier } from "../wire.ts";
import { conditionWords } from "./condition-words.ts";
import { formatCount, formatMoney } from "./money.ts";
import type { Voice } from "./plan-sentence.ts";

/** The terms around the rules, each a short sentence. */
export function termSentences(plan: PlanDocument, voice: Voice = "advocate"): string[] {
  const hold =
    plan.hold_days === 0
      ? "Earnings are available at once."
      : `Earnings become available ${days(plan.hold_days)} after the order.`;
  const tiers = (plan.tiers ?? []).map((tier) => tierSentence(tier, voice));
  const caps = (plan.caps ?? []).map((cap) => capSentence(cap, voice));
  const open = [limitSentence(plan, voice), hold, ...tiers, ...caps, ...expirySentences(plan)];
  if (voice === "you") return open;
  return [
    ...open,
    `A link visit counts for ${days(plan.attribution_window_days)}.`,
    ...activitySentences(plan),
    ...(plan.qualifies ? [qualifiesSentence(plan.qualifies, plan)] : []),
    ...(plan.rules.length > 1 ? [COMPOSITION[plan.composition] ?? ""] : []),
    plan.existing_referrals === "keep" ? "Referrals made before this version keep the one they had." : "",
    ...refundSentences(plan),
  ].filter(Boolean);
}

function limitSentence({ direct_limit: limit, overflow }: PlanDocument, voice: Voice): string {
  if (limit === null) return "No limit on direct friends.";
  if (voice === "you") return `Up to ${limit} direct friends.`;
  return `At most ${limit} direct friends; a further one ${OVERFLOW[overflow] ?? "joins"}.`;
}

/** "Gold: from 50 friends who qualified; earns 120 %." */
function tierSentence({ name, at_least: least, multiplier }: PlanTier, voice: Voice): string {
  const from = [
    least.qualified === undefined
      ? ""
      : `${formatCount(least.qualified)} ${least.qualified === 1 ? "friend" : "friends"} who qualified`,
    least.points === undefined ? "" : `${formatCount(least.points)} points`,
  ].filter(Boolean);
  const earns = voice === "you" ? "you earn" : "earns";
  return `${name}: from ${from.join(" and ")}${multiplier ? `, ${earns} ${multiplier} % of each reward` : ""}.`;
}

function capSentence({ scope, period, amount, rules }: PlanCap, voice: Voice): string {
  const within = period === "ever" || period === "conversion" ? "in all" : `each ${period}`;
  const by = rules ? ` by ${rules.map((id) => `“${id}”`).join(" and ")}` : "";
  const most = formatMoney(amount);
  if (scope === "conversion") return `One order pays at most ${most}${by}.`;
  if (scope === "program") return `Everybody together earns at most ${most} ${within}${by}.`;
  return `${voice === "you" ? "You earn" : "Each advocate earns"} at most ${most} ${within}${by}.`;
}

function expirySentences({ expires_days: expires = {} }: PlanDocument): string[] {
  return (["points", "credit"] as const).flatMap((what) => {
    const after = expires[what];
    if (after === undefined) return [];
    return [
      `${what === "points" ? "Points" : "Credit"} not used within ${days(after)} expire${what === "credit" ? "s" : ""}.`,
    ];
  });
}

function activitySentences({ inactive_upline: policy, activity }: PlanDocument): string[] {
  const who = activity ? "an advocate who is suspended or not active" : "a suspended advocate";
  const share = `The share of ${who} ${INACTIVE[policy] ?? "lapses"}.`;
  if (!activity) return [share];
  const acts = activity.by.map((act) => ACTIVITY[act] ?? act).join(" or ");
  return [share, `Active is who ${acts} within ${days(activity.within_days)} before.`];
}

function qualifiesSentence({ on, when }: NonNullable<PlanDocument["qualifies"]>, plan: PlanDocument): string {
  const above = when?.amount_above ? ` over ${formatMoney(when.amount_above)}` : "";
  const only = conditionWords(when, plan.tiers);
  return `A referral qualifies with ${QUALIFYING[on] ?? `“${on.replaceAll(/[_.]/g, " ")}”`}${above}${only.length > 0 ? `, only ${only.join(", ")}` : ""}.`;
}

function refundSentences({ on_refund: undo = {} }: PlanDocument): string[] {
  return [
    undo.caps === "keep" ? "What a refund takes back stays counted in caps and budgets." : "",
    undo.milestones === "take_back" ? "A full refund also takes back the milestone it led to." : "",
  ];
}

function days(count: number): string {
  return `${formatCount(count)} ${count === 1 ? "day" : "days"}`;
}

const OVERFLOW: Record<string, string> = {
  reject: "joins without an advocate",
  no_reward: "joins, but earns the advocate nothing",
  spillover: "is placed with the first advocate below who has room",
  waitlist: "joins and waits for the next free place",
};

const INACTIVE: Record<string, string> = {
  lapse: "lapses",
  hold: "is kept until they are active again",
  compress: "passes up to the next active one",
};

const ACTIVITY: Record<string, string> = { purchase: "bought something", sign_in: "opened their page" };

const QUALIFYING: Record<string, string> = {
  purchase: "an order",
  signup: "the sign-up",
  verified: "the verification",
};

const COMPOSITION: Record<string, string> = {
  all: "Every rule that applies pays.",
  first: "Of the rules that apply, the first pays.",
  best: "Of the rules that apply, the best pays.",
};
