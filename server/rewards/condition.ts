import Type, { type Static } from "typebox";
import { fromWire, type Money } from "../primitives/money.ts";
import type { FieldProblem } from "../primitives/refusal.ts";
import { foreignCurrency, PlanMoney, ShortId } from "./parameter.ts";
import { unknownTiers } from "./tier.ts";
import type { UplineMember } from "./upline.ts";
import type { PassReason } from "./verdict.ts";

const NTH_MAX = 1_000_000;
const DAYS_MAX = 3_650;
const LIST_MAX = 500;
const DAY_MS = 86_400_000;

const Names = (title: string, description: string, pattern: string) =>
  Type.Optional(
    Type.Array(Type.String({ title, description, pattern, maxLength: 200 }), {
      title,
      description,
      minItems: 1,
      maxItems: LIST_MAX,
      uniqueItems: true,
    }),
  );

const Count = (title: string, description: string) =>
  Type.Optional(Type.Integer({ title, description, minimum: 1, maximum: NTH_MAX }));

/** What must be true of a conversion before a rule is asked at all; every condition given must hold. */
export const When = Type.Object(
  {
    amount_above: Type.Optional({
      ...PlanMoney,
      title: "Only above",
      description:
        "The gross amount must be strictly above this: an order of exactly this amount earns nothing.",
    }),
    nth: Type.Optional(
      Type.Object(
        {
          from: Count("From", "Not before this one, counting from 1."),
          to: Count("To", "Not after this one; 1 is the first only."),
        },
        {
          title: "Which one",
          description: "The buyer's how-manieth of this kind it is: up to 1 is the first only.",
          minProperties: 1,
          additionalProperties: false,
        },
      ),
    ),
    within_days: Type.Optional(
      Type.Integer({
        title: "Within days",
        description: "At most so many days of 24 hours after the referral was made.",
        minimum: 1,
        maximum: DAYS_MAX,
      }),
    ),
    countries: Names(
      "Countries",
      'Two capital letters, such as "IN"; the country of the buyer.',
      "^[A-Z]{2}$",
    ),
    channels: Names("Channels", "The channel the referral came through.", "\\S"),
    products: Names("Products", "The product of the purchase.", "\\S"),
    segments: Names("Segments", "The segment of the buyer.", "\\S"),
    tiers: Type.Optional(
      Type.Array(ShortId, {
        title: "Tiers",
        description: "Only a holder of one of these tiers earns.",
        minItems: 1,
        maxItems: LIST_MAX,
        uniqueItems: true,
      }),
    ),
    active: Type.Optional(
      Type.Literal(true, {
        title: "Active only",
        description: "Only who is active earns, whatever else is said.",
      }),
    ),
  },
  { title: "Only when", description: "Conditions for this rule.", additionalProperties: false },
);
export type When = Static<typeof When>;

export type Conditions = {
  amountAbove: Money | null;
  nth: { from: bigint; to: bigint | null } | null;
  withinDays: number | null;
  countries: ReadonlySet<string> | null;
  channels: ReadonlySet<string> | null;
  products: ReadonlySet<string> | null;
  segments: ReadonlySet<string> | null;
  /** These two are about the holder of a level, not about the conversion. */
  tiers: ReadonlySet<string> | null;
  isActiveOnly: boolean;
};

export function readConditions(when: When = {}): Conditions {
  const { nth } = when;
  const setOf = (names: readonly string[] | undefined) => (names === undefined ? null : new Set(names));
  return {
    amountAbove: when.amount_above === undefined ? null : fromWire(when.amount_above),
    nth: nth ? { from: BigInt(nth.from ?? 1), to: nth.to === undefined ? null : BigInt(nth.to) } : null,
    withinDays: when.within_days ?? null,
    countries: setOf(when.countries),
    channels: setOf(when.channels),
    products: setOf(when.products),
    segments: setOf(when.segments),
    tiers: setOf(when.tiers),
    isActiveOnly: when.active === true,
  };
}

export type ConditionContext = { currency: string; isTier(id: string): boolean };

export function conditionProblems(
  when: When | undefined,
  { currency, isTier }: ConditionContext,
): FieldProblem[] {
  if (when === undefined) return [];
  const { amount_above: above, nth, tiers = [] } = when;
  const problems = unknownTiers(tiers, isTier, "/when/tiers");
  if (above) problems.push(...foreignCurrency("/when/amount_above", above.currency, currency));
  if (nth?.from !== undefined && nth.to !== undefined && nth.from > nth.to) {
    const message = "The range ends before it begins.";
    problems.push({ pointer: "/when/nth/to", code: "empty_range", message });
  }
  return problems;
}

/** What conditions look at. */
export type ConditionFacts = {
  conversion: {
    amount: Money;
    occurredAt: Date;
    country: string | null;
    channel: string | null;
    product: string | null;
    segment: string | null;
  };
  referredAt: Date | null;
};

/** The first condition on the conversion that does not hold, as the reason to pass; null when all hold. */
export function unmetCondition(
  conditions: Conditions,
  { conversion, referredAt }: ConditionFacts,
  nth: () => bigint,
): PassReason | null {
  const { amountAbove, withinDays } = conditions;
  if (amountAbove !== null && conversion.amount.minor <= amountAbove.minor) return "below_minimum";
  if (conditions.nth !== null && !isInRange(nth(), conditions.nth)) return "not_nth";
  if (withinDays !== null && !isWithin(conversion.occurredAt, referredAt, withinDays)) return "too_late";
  if (isMissing(conditions.countries, conversion.country)) return "country_excluded";
  if (isMissing(conditions.channels, conversion.channel)) return "channel_excluded";
  if (isMissing(conditions.products, conversion.product)) return "product_excluded";
  if (isMissing(conditions.segments, conversion.segment)) return "segment_excluded";
  return null;
}

/** The first condition on who holds a level that does not hold. */
export function unmetByHolder(
  { tiers, isActiveOnly }: Conditions,
  holder: Pick<UplineMember, "status">,
  tier: string | null,
): PassReason | null {
  if (isMissing(tiers, tier)) return "tier_not_reached";
  return isActiveOnly && holder.status !== "active" ? "upline_inactive" : null;
}

/** Whether it makes a difference where a conversion came from. */
export function asksPlace({ countries, channels, products, segments }: Conditions): boolean {
  return countries !== null || channels !== null || products !== null || segments !== null;
}

export function asksHolder({ tiers, isActiveOnly }: Conditions): boolean {
  return tiers !== null || isActiveOnly;
}

function isInRange(nth: bigint, { from, to }: { from: bigint; to: bigint | null }): boolean {
  return nth >= from && (to === null || nth <= to);
}

function isWithin(occurredAt: Date, referredAt: Date | null, days: number): boolean {
  return referredAt !== null && occurredAt.getTime() - referredAt.getTime() <= days * DAY_MS;
}

function isMissing(names: ReadonlySet<string> | null, name: string | null): boolean {
  return names !== null && (name === null || !names.has(name));
}
