import { COUPONS, type Money, POINTS } from "../primitives/money.ts";
import { RATE_ONE } from "../primitives/rate.ts";
import { type Cap, periodName } from "./cap.ts";
import { unmetByHolder, unmetCondition } from "./condition.ts";
import {
  advocateKey,
  advocatesKey,
  type CounterUse,
  capKey,
  nthKey,
  pointsKey,
  spentKey,
} from "./counter.ts";
import type { Promotion } from "./promotion.ts";
import type { SettlementFacts } from "./settlement-facts.ts";
import { isForgotten, type Tally, withinKey } from "./tally.ts";
import type { Tier, TierOf } from "./tier.ts";
import type { Grant, Pass, Portion } from "./verdict.ts";

/** Amounts below are in 10^-18 of a minor unit: three rates of millionths, multiplied, stay exact. */
const UNIT = RATE_ONE * RATE_ONE * RATE_ONE;

/** What changed an amount on its way from the rule to the reward; `exact` is what stood after it. */
export type Step =
  | { kind: "promotion"; name: string; added: bigint; spent: bigint; isCut: boolean; exact: bigint }
  | { kind: "promotion_full"; name: string; why: "budget" | "advocates" }
  | { kind: "tier"; tier: Tier; exact: bigint }
  | { kind: "cap"; cap: Cap; left: Money; exact: bigint };

export const EXACT_DIGITS = 18;

type Desk = {
  facts: SettlementFacts;
  tally: Tally;
  tierOf: TierOf;
  note(step: Step): void;
};

type Extra = { added: bigint; uses: CounterUse[] };

/** Promotions, tier, caps and rounding, in this order; what remains is counted at once. */
export function finalAmount(portion: Portion, desk: Desk): Grant | Pass {
  const { plan, promotions } = desk.facts;
  const isPlain = promotions.length === 0 && plan.tiers.length === 0 && plan.caps.length === 0;
  if (isPlain) return counted(portion, portion.exact / RATE_ONE, NO_USES, desk);
  const tier = portion.currency === COUPONS ? null : desk.tierOf(portion.to);
  const multiplier = tier?.multiplier ?? RATE_ONE;
  const extra = promoted(portion, tier, desk);
  const exact = portion.exact * multiplier * RATE_ONE + extra.added;
  if (tier !== null && multiplier !== RATE_ONE) desk.note({ kind: "tier", tier, exact });
  return capped(portion, exact, extra.uses, desk);
}

function capped(portion: Portion, promised: bigint, promotionUses: CounterUse[], desk: Desk): Grant | Pass {
  const { facts, tally } = desk;
  const keys: string[] = [];
  let exact = promised;
  for (const cap of facts.plan.caps) {
    if (!isFor(cap, portion)) continue;
    const key = keyOf(cap, portion, facts);
    keys.push(key);
    const left = cap.amount.minor - tally.get(key);
    if (left <= 0n) return passOf(portion, "cap_reached");
    if (exact <= left * UNIT) continue;
    exact = left * UNIT;
    desk.note({ kind: "cap", cap, left: { ...cap.amount, minor: left }, exact });
  }
  const amount = exact / UNIT;
  for (const key of keys) promotionUses.push({ key, amount });
  return counted(portion, amount, promotionUses, desk);
}

const NO_USES: readonly CounterUse[] = [];

/** Written out field by field: copying what is left of a portion costs more than all the arithmetic. */
function counted(
  portion: Portion,
  minor: bigint,
  uses: readonly CounterUse[],
  { facts, tally }: Desk,
): Grant | Pass {
  if (minor <= 0n) return passOf(portion, "rounds_to_zero");
  const { ruleId, to, level, legParticipantId, rewardKind, currency, isHeld } = portion;
  for (const use of uses) tally.add(use);
  if (currency === POINTS && facts.kept.points) tally.add({ key: pointsKey(to), amount: minor });
  return {
    kind: "grant",
    ruleId,
    to,
    level,
    legParticipantId,
    rewardKind,
    amount: { minor, currency },
    isHeld,
    uses: uses.some(({ key }) => isForgotten(key)) ? uses.filter(({ key }) => !isForgotten(key)) : uses,
  };
}

function passOf(
  { ruleId, level, to }: Pick<Portion, "ruleId" | "level" | "to">,
  reason: Pass["reason"],
): Pass {
  return { kind: "pass", ruleId, level, participantId: to, reason };
}

/** What promotions add, the tier's multiplier included, within their budgets. */
function promoted(portion: Portion, tier: Tier | null, desk: Desk): Extra {
  const extra: Extra = { added: 0n, uses: [] };
  if (portion.currency === COUPONS) return extra;
  for (const promotion of desk.facts.promotions) {
    if (!isPromoted(promotion, portion, tier, desk)) continue;
    const bonus = promotion.add?.currency === portion.currency ? promotion.add.minor : 0n;
    const whole = portion.exact * promotion.share + bonus * RATE_ONE * RATE_ONE;
    const added = whole * (tier?.multiplier ?? RATE_ONE);
    if (added > 0n) spend(promotion, portion, added, extra, desk);
  }
  return extra;
}

function isPromoted(
  promotion: Promotion,
  portion: Portion,
  tier: Tier | null,
  { facts, tally }: Desk,
): boolean {
  if (promotion.rules !== null && !promotion.rules.has(portion.ruleId)) return false;
  if (promotion.levels !== null && !promotion.levels.has(portion.level)) return false;
  // A budget is of one currency: what is paid in another could not be counted against it.
  if (promotion.budget !== null && promotion.budget.currency !== portion.currency) return false;
  const { conditions } = promotion;
  if (unmetCondition(conditions, facts, () => nthOf(facts, tally)) !== null) return false;
  const holder = { status: portion.isHeld ? ("inactive" as const) : ("active" as const) };
  return unmetByHolder(conditions, holder, tier?.id ?? null) === null;
}

function spend(promotion: Promotion, portion: Portion, added: bigint, extra: Extra, desk: Desk): void {
  const { tally } = desk;
  const people = newcomer(promotion, portion, tally);
  if (people === null) {
    desk.note({ kind: "promotion_full", name: promotion.name, why: "advocates" });
    return;
  }
  const left = promotion.budget === null ? null : promotion.budget.minor - tally.get(spentKey(promotion.id));
  if (left !== null && left <= 0n) {
    desk.note({ kind: "promotion_full", name: promotion.name, why: "budget" });
    return;
  }
  const isCut = left !== null && added > left * UNIT;
  const within = isCut ? left * UNIT : added;
  const spent = (within + UNIT - 1n) / UNIT;
  extra.added += within;
  extra.uses.push(...people);
  if (promotion.budget !== null) extra.uses.push({ key: spentKey(promotion.id), amount: spent });
  desk.note({ kind: "promotion", name: promotion.name, added: within, spent, isCut, exact: extra.added });
}

/** What a newcomer to a promotion is counted with; nothing for whoever was there before; null where it is full. */
function newcomer(promotion: Promotion, { to }: Portion, tally: Tally): CounterUse[] | null {
  if (promotion.advocatesMax === null || tally.get(advocateKey(promotion.id, to)) > 0n) return [];
  if (tally.get(advocatesKey(promotion.id)) >= BigInt(promotion.advocatesMax)) return null;
  return [
    { key: advocatesKey(promotion.id), amount: 1n },
    { key: advocateKey(promotion.id, to), amount: 1n },
  ];
}

function isFor(cap: Cap, portion: Portion): boolean {
  return cap.amount.currency === portion.currency && (cap.rules === null || cap.rules.has(portion.ruleId));
}

function keyOf(cap: Cap, { to }: Portion, { conversion, timeZone }: SettlementFacts): string {
  if (cap.scope === "conversion" || cap.period === "conversion") return withinKey(cap.id);
  const period = periodName(cap.period, conversion.occurredAt, timeZone);
  return capKey(cap.id, cap.scope === "participant" ? to : "", period);
}

/** The buyer's how-manieth conversion of its kind this is. */
export function nthOf({ conversion }: SettlementFacts, tally: Pick<Tally, "before">): bigint {
  return tally.before(nthKey(conversion.participantId, conversion.kind)) + 1n;
}
