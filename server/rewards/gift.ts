import { fromWire, type Money, POINTS, type WireMoney } from "../primitives/money.ts";
import { formatMoney } from "../primitives/money-text.ts";
import { RATE_ONE } from "../primitives/rate.ts";
import type { Gift, GiftTrigger } from "../welcome/offer.ts";
import type { Conditions } from "./condition.ts";
import type { Plan, PlanRule } from "./plan.ts";
import { QUALIFIED } from "./plan-document.ts";
import { isRunning, type Promotion } from "./promotion.ts";

/** What the plan has for the friend (level 0) at a moment, promotions included. */
export function giftsOf(plan: Plan, promotions: readonly Promotion[], now: Date): Gift[] {
  return plan.rules.flatMap((rule, index): Gift[] => {
    const share = ownShare(plan.document.rules[index]);
    if (!share || rule.stage === "reward") return [];
    const running = promotions.find((one) => isRunning(one, now) && raises(one, rule));
    const usual = amountText(rule, share, null);
    const amount = amountText(rule, share, running ?? null);
    const { countries, withinDays } = rule.conditions;
    return [
      {
        amount,
        act: actOf(rule),
        trigger: triggerOf(rule.on),
        conditions: conditionSentences(rule.conditions),
        countries: countries && [...countries],
        withinDays,
        promotion: running && amount !== usual ? { name: running.name, until: running.endsAt, usual } : null,
      },
    ];
  });
}

type Share = { rate?: string; amount?: WireMoney; points?: number; label?: string };

/** What a rule says of level 0, in whatever parameter. */
function ownShare(entry: object | undefined): Share | null {
  const { levels = [], label } = (entry ?? {}) as { levels?: (Share & { level: number })[]; label?: string };
  const own = levels.find(({ level }) => level === 0);
  return own ? { ...own, ...(label === undefined ? {} : { label }) } : null;
}

function raises({ rules, levels, conditions }: Promotion, { id }: PlanRule): boolean {
  // A page cannot know what only the purchase will tell.
  const isForAll = conditions.countries === null && conditions.products === null && conditions.tiers === null;
  return isForAll && (rules === null || rules.has(id)) && (levels === null || levels.has(0));
}

function amountText(
  rule: PlanRule,
  { rate, amount, points, label }: Share,
  promotion: Promotion | null,
): string {
  if (amount !== undefined) return formatMoney(raised(fromWire(amount), promotion));
  if (points !== undefined)
    return formatMoney(raised({ minor: BigInt(points), currency: POINTS }, promotion));
  // A share of what is not known yet is not multiplied on a page.
  if (rate !== undefined)
    return `${rate} %${rule.rule.basis === "profit" ? " of the profit" : " of the amount"}`;
  return label ?? "a coupon";
}

/** Rounds down, as rewards do. */
function raised(money: Money, promotion: Promotion | null): Money {
  if (promotion === null) return money;
  const added = promotion.add?.currency === money.currency ? promotion.add.minor : 0n;
  return { ...money, minor: money.minor + (money.minor * promotion.share) / RATE_ONE + added };
}

function triggerOf(on: string): GiftTrigger {
  if (on === QUALIFIED) return "purchase";
  return on === "purchase" || on === "signup" || on === "verified" ? on : "other";
}

function actOf({ on, conditions: { amountAbove, nth } }: PlanRule): string {
  const over = amountAbove ? ` over ${formatMoney(amountAbove)}` : "";
  if (on === QUALIFIED) return `your first qualifying order${over}`;
  if (on === "signup") return "joining";
  if (on === "verified") return "confirming your e-mail";
  const act = on === "purchase" ? "order" : on.replaceAll(/[_.]/g, " ");
  if (nth === null) return `each ${act}${over}`;
  const { from, to } = nth;
  if (from === 1n && to === 1n) return `your first ${act}${over}`;
  if (to === null) return `your ${act}s from number ${from} on${over}`;
  return from === 1n ? `your first ${to} ${act}s${over}` : `your ${act}s number ${from} to ${to}${over}`;
}

const COUNTRIES = new Intl.DisplayNames("en", { type: "region" });

function conditionSentences(conditions: Conditions): string[] {
  const { countries, products, segments, channels, withinDays } = conditions;
  return [
    ...(countries
      ? [
          `For people in ${listed(
            [...countries].map((code) => COUNTRIES.of(code) ?? code),
            "or",
          )}.`,
        ]
      : []),
    ...(products ? [`On ${listed([...products], "or")}.`] : []),
    ...(segments ? [`For ${listed([...segments], "or")}.`] : []),
    ...(channels ? [`Through ${listed([...channels], "or")}.`] : []),
    ...(withinDays === null
      ? []
      : [`Within ${withinDays === 1 ? "one day" : `${withinDays} days`} of joining.`]),
  ];
}

const NAMED_MAX = 6;

function listed(words: readonly string[], last: "or" | "and"): string {
  const shown =
    words.length > NAMED_MAX ? [...words.slice(0, NAMED_MAX), `${words.length - NAMED_MAX} more`] : words;
  return new Intl.ListFormat("en", { type: last === "or" ? "disjunction" : "conjunction" }).format(shown);
}
