import fc from "fast-check";
import type {
  Person,
  PlainLevel,
  PlainPlan,
  PlainPromotion,
  PlainRule,
  PlainWhen,
  Status,
  World,
} from "./facts.ts";

/** Random plans, promotions, networks and what happens in them, with everything near an edge more often than by chance. */

type Moment = { day: number; minute: number } | { sinceReferral: number };

export type Step =
  | {
      kind: "convert";
      /** How many joined later. */
      buyer: number;
      trigger: string;
      amount: number;
      profit: number | null;
      at: Moment;
      product: string | null;
    }
  | { kind: "refund"; which: number; part: number }
  | { kind: "reverse"; which: number }
  | { kind: "status"; who: number; status: Status };

export type History = { world: World; steps: Step[] };

const BEGINS_AT = Date.UTC(2026, 2, 1);
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const CURRENCY = "INR";
const PEOPLE_MAX = 9;
const STEPS_MAX = 24;
const LEVEL_MAX = 4;
const DAYS = 40;
/** Amounts lie around these. */
const THRESHOLDS = [1_000, 5_000, 100_000];

/** Left out so many times as often as it is there. */
const option = <Value>(arbitrary: fc.Arbitrary<Value>, absent = 1): fc.Arbitrary<Value | undefined> =>
  fc.oneof({ weight: absent, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
const some = <Value>(...values: [Value, ...Value[]]) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: values.length });

const minor = fc.oneof(
  fc.constantFrom(...THRESHOLDS.flatMap((one) => [one - 1, one, one + 1])),
  fc.integer({ min: 1, max: 60 }),
  fc.integer({ min: 1, max: 20_000 }),
  fc.integer({ min: 1, max: 10 ** 12 }),
);
const bonus = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 3_000 }));
const levelNumbers = (lowest: number) =>
  fc.uniqueArray(fc.integer({ min: lowest, max: LEVEL_MAX }), { minLength: 1, maxLength: 4 });

/** Rates of all levels together stay within the whole, as a plan must. */
const rate = fc.oneof(
  fc.constantFrom("0", "1", "5", "10", "12.5", "20", "25"),
  fc
    .integer({ min: 0, max: 250_000 })
    .map((units) => `${Math.floor(units / 10_000)}.${`${units % 10_000}`.padStart(4, "0")}`),
);
const TIERS = ["t0", "t1", "t2"] as const;

const when: fc.Arbitrary<PlainWhen> = fc
  .record({
    amount_above: option(
      fc.constantFrom(...THRESHOLDS).map((amount) => ({ amount, currency: CURRENCY })),
      2,
    ),
    nth: option(
      fc.constantFrom<{ from?: number; to?: number }>({ to: 1 }, { from: 2 }, { from: 2, to: 3 }, { to: 2 }),
      3,
    ),
    within_days: option(fc.constantFrom(1, 7, 30), 3),
    countries: option(some("IN", "DE"), 4),
    channels: option(some("whatsapp", "email"), 4),
    products: option(some("basic", "plus"), 4),
    segments: option(some("student", "family"), 4),
    tiers: option(some(...TIERS), 2),
    active: option(fc.constant<true>(true), 5),
  })
  .map(withoutUndefined);

const rateLevels = levelNumbers(0).chain((levels) =>
  fc
    .array(fc.record({ rate, by_tier: option(fc.dictionary(fc.constantFrom(...TIERS), rate), 3) }), {
      minLength: levels.length,
      maxLength: levels.length,
    })
    .map((terms) =>
      levels.map((level, index): PlainLevel => withoutUndefined({ level, ...terms[index] }) as PlainLevel),
    ),
);

const trigger = fc.constantFrom(
  ...[
    "purchase",
    "purchase",
    "purchase",
    "purchase",
    "purchase",
    "purchase",
    "purchase",
    "renewal",
    "signup",
  ],
);
const pays = fc.oneof(
  bonus.map((amount) => ({ amount, currency: CURRENCY })),
  fc.integer({ min: 1, max: 50 }).map((amount) => ({ amount, currency: "PTS" })),
  bonus.map((amount) => ({ amount, currency: "CRD" })),
);

const terms: fc.Arbitrary<Omit<PlainRule, "id" | "on" | "when">> = fc.oneof(
  { weight: 4, arbitrary: rateLevels.map((levels) => ({ rule: "percent_of_profit", levels })) },
  { weight: 4, arbitrary: rateLevels.map((levels) => ({ rule: "percent_of_amount", levels })) },
  {
    weight: 3,
    arbitrary: fc.tuple(levelNumbers(0), bonus).map(([levels, amount]) => ({
      rule: "fixed_amount",
      levels: levels.map((level) => ({ level, amount: { amount, currency: CURRENCY } })),
    })),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(levelNumbers(0), fc.integer({ min: 1, max: 40 })).map(([levels, points]) => ({
      rule: "points",
      levels: levels.map((level) => ({ level, points })),
    })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(levelNumbers(0), bonus).map(([levels, amount]) => ({
      rule: "credit",
      levels: levels.map((level) => ({ level, amount: { amount, currency: "CRD" } })),
    })),
  },
  {
    weight: 1,
    arbitrary: levelNumbers(0).map((levels) => ({
      rule: "coupon",
      levels: levels.map((level) => ({ level })),
      label: "10 % off",
      value: { percent: "10" },
    })),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(levelNumbers(2), fc.nat({ max: 4 }), rate).map(([levels, of, part]) => ({
      rule: "percent_of_reward",
      of: `r${of}`,
      levels: levels.map((level) => ({ level, rate: part })),
    })),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        fc.oneof(
          fc.constantFrom({ every: 1 }, { every: 2 }),
          some(1, 2, 3).map((at) => ({ at })),
        ),
        pays,
      )
      .map(([numbers, money]) => ({ rule: "milestone_bonus", ...numbers, pays: money })),
  },
);

const rules = fc
  .array(
    fc.record({
      on: trigger,
      isBonus: fc.constantFrom(false, false, false, true),
      when: option(when, 2),
      terms,
    }),
    {
      minLength: 1,
      maxLength: 5,
      size: "max",
    },
  )
  .map((entries) =>
    entries.map(({ on, isBonus, when: conditions, terms: own }, index): PlainRule => {
      const isShare = own.rule.startsWith("percent");
      const isMilestone = own.rule === "milestone_bonus";
      const trigger = isMilestone || (!isShare && isBonus && on !== "signup") ? "qualified" : on;
      return {
        id: `r${index}`,
        on: isShare && trigger === "signup" ? "purchase" : trigger,
        ...(conditions === undefined ? {} : { when: conditions }),
        ...own,
      };
    }),
  );

const tiers = fc.array(
  fc.record({
    at_least: fc.oneof(
      fc.constantFrom(0, 0, 1, 1, 2).map((qualified) => ({ qualified })),
      fc.constantFrom(1, 1, 20, 60).map((points) => ({ points })),
      fc.constant({ qualified: 1, points: 10 }),
    ),
    multiplier: option(fc.constantFrom("100", "120", "150", "133.3333", "50"), 1),
  }),
  { maxLength: 3, size: "max" },
);

const caps = fc.array(
  fc.record({
    scope: fc.constantFrom("participant", "participant", "program", "conversion"),
    period: fc.constantFrom("day", "week", "month", "year", "ever"),
    amount: fc.oneof(
      { weight: 4, arbitrary: bonus.map((amount) => ({ amount, currency: CURRENCY })) },
      {
        weight: 1,
        arbitrary: fc.integer({ min: 1, max: 80 }).map((amount) => ({ amount, currency: "PTS" })),
      },
    ),
    rules: option(some("r0", "r1", "r2"), 2),
  }),
  { maxLength: 2, size: "max" },
);

const plan: fc.Arbitrary<PlainPlan> = fc
  .record({
    inactive_upline: fc.constantFrom("lapse" as const, "hold" as const, "compress" as const),
    composition: fc.constantFrom("all" as const, "all" as const, "first" as const, "best" as const),
    rules,
    qualifies: option(fc.record({ on: trigger, when: option(when, 2) }), 2),
    tiers,
    caps,
    on_refund: option(
      fc.record({
        caps: fc.constantFrom("give_back" as const, "keep" as const),
        milestones: fc.constantFrom("take_back" as const, "keep" as const),
      }),
      3,
    ),
  })
  .map(planOf);

type Drawn = {
  inactive_upline: PlainPlan["inactive_upline"];
  composition: PlainPlan["composition"];
  rules: PlainRule[];
  qualifies: { on: string; when: PlainWhen | undefined } | undefined;
  tiers: { at_least: { qualified?: number; points?: number }; multiplier: string | undefined }[];
  caps: {
    scope: string;
    period: string;
    amount: { amount: number; currency: string };
    rules: string[] | undefined;
  }[];
  on_refund: PlainPlan["on_refund"] | undefined;
};

/** Takes out what no plan may say: tiers and rules that are not there, thresholds where there is no amount. */
function planOf(drawn: Drawn): PlainPlan {
  const tierIds = drawn.tiers.map((_, index) => `t${index}`);
  const all = drawn.rules.map((rule) => sensibleRule(rule, drawn.rules, tierIds));
  const isRule = (id: string) => all.some((rule) => rule.id === id);
  const { qualifies } = drawn;
  return withoutUndefined({
    name: "Random",
    currency: CURRENCY,
    direct_limit: null,
    overflow: "no_reward",
    inactive_upline: drawn.inactive_upline,
    hold_days: 14,
    attribution_window_days: 30,
    composition: drawn.composition,
    rules: all,
    qualifies: qualifies && {
      on: qualifies.on,
      ...(qualifies.when ? { when: sensibleWhen(qualifies.when, qualifies.on, null) } : {}),
    },
    tiers: drawn.tiers.map((tier, index) =>
      withoutUndefined({ id: `t${index}`, name: `Tier ${index}`, ...tier }),
    ),
    caps: drawn.caps.map(({ rules: named, period, ...cap }, index) => {
      const own = named?.filter(isRule) ?? [];
      const fitting = cap.scope === "conversion" ? "conversion" : period;
      return { id: `cap-${index}`, period: fitting, ...cap, ...(own.length > 0 ? { rules: own } : {}) };
    }),
    on_refund: drawn.on_refund,
  }) as PlainPlan;
}

function sensibleRule(rule: PlainRule, all: PlainRule[], tierIds: string[]): PlainRule {
  const { when: conditions, levels, ...rest } = rule;
  const whenLeft = conditions && sensibleWhen(conditions, rule.on, tierIds);
  const own: PlainRule = {
    ...rest,
    ...(whenLeft && Object.keys(whenLeft).length > 0 ? { when: whenLeft } : {}),
    ...(levels
      ? {
          levels: levels.map(({ by_tier: byTier, ...level }) => {
            const known = Object.entries(byTier ?? {}).filter(([tier]) => tierIds.includes(tier));
            return known.length > 0 ? { ...level, by_tier: Object.fromEntries(known) } : level;
          }),
        }
      : {}),
  };
  if (own.rule !== "percent_of_reward") return own;
  // What is shared is money of a rule further up in the plan, paid by the same kind of conversion.
  const shared = all
    .slice(0, Number(own.id.slice(1)))
    .find(({ id, rule: name, on }) => id === own.of && on === own.on && MONEY_RULES.includes(name));
  if (shared) return own;
  const { of: _of, ...amount } = own;
  return { ...amount, rule: "percent_of_amount" };
}

const MONEY_RULES = ["percent_of_profit", "percent_of_amount", "fixed_amount"];

/** `tierIds` is null where there is no holder of a level to ask about: in what qualifies a referral. */
function sensibleWhen(given: PlainWhen, on: string, tierIds: string[] | null): PlainWhen {
  const { tiers: named, amount_above: above, active, ...rest } = given;
  const known = named?.filter((tier) => tierIds?.includes(tier)) ?? [];
  return {
    ...rest,
    ...(above && on !== "signup" ? { amount_above: above } : {}),
    ...(known.length > 0 ? { tiers: known } : {}),
    ...(active && tierIds ? { active } : {}),
  };
}

const promotions = fc.array(
  fc.record({
    from: fc.integer({ min: 0, max: DAYS / 2 }),
    days: fc.integer({ min: 1, max: DAYS }),
    rules: option(some("r0", "r1", "r2"), 2),
    levels: option(some(0, 1, 2), 2),
    when: option(when, 1),
    multiplier: fc.constantFrom("110", "150", "200", "133.3333"),
    add: option(pays, 1),
    budget: option(bonus, 2),
    advocates_max: option(fc.constantFrom(1, 2), 3),
  }),
  { maxLength: 2, size: "max" },
);

const people: fc.Arbitrary<Person[]> = fc
  .array(
    fc.record({
      /** How many places before: most stand directly below the last one, so that networks are deep. */
      back: fc.constantFrom(1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 0),
      referral: fc.constantFrom(
        ...(["counts", "counts", "counts", "counts", "counts", "counts", "counts", "counts"] as const),
        ...(["counts", "counts", "counts", "counts", "no_reward", "rejected"] as const),
      ),
      day: fc.integer({ min: -1, max: 2 }),
      country: fc.constantFrom("IN", "DE", "US", null),
      channel: fc.constantFrom("whatsapp", "email", null),
      segment: fc.constantFrom("student", "family", null),
    }),
    { minLength: 2, maxLength: PEOPLE_MAX, size: "max" },
  )
  .map((drawn) =>
    drawn.map(({ back, day, ...rest }, index) => ({
      ...rest,
      id: `par_p${index}`,
      advocate: back === 0 || back > index ? null : `par_p${index - back}`,
      referredAt: BEGINS_AT + day * DAY_MS,
    })),
  );

const convert: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant("convert" as const),
  buyer: fc.oneof(fc.nat({ max: 2 }), fc.nat({ max: 6 })),
  trigger,
  amount: minor,
  profit: fc.option<number>(fc.oneof(minor, fc.integer({ min: -20, max: 200 }))),
  at: fc.oneof<fc.MaybeWeightedArbitrary<Moment>[]>(
    {
      weight: 5,
      arbitrary: fc.record({
        day: fc.integer({ min: 0, max: DAYS }),
        minute: fc.constantFrom(0, 1, 330, 1_110, 1_380, 1_439),
      }),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(-1, 1, 7, 30)
        .chain((days) => fc.constantFrom(-1, 0, 1).map((off) => ({ sinceReferral: days * DAY_MS + off }))),
    },
  ),
  product: fc.constantFrom("basic", "plus", "other", null),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: convert },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("refund" as const),
      which: fc.nat({ max: 40 }),
      part: fc.constantFrom(1, 1, 0.5, 0.333, 0.01),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("reverse" as const), which: fc.nat({ max: 20 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("status" as const),
      who: fc.nat({ max: PEOPLE_MAX * 2 }),
      status: fc.constantFrom<Status>("active", "suspended", "suspended", "inactive", "inactive", "erased"),
    }),
  },
);

export const histories: fc.Arbitrary<History> = fc
  .record({
    plan,
    promotions,
    people,
    timeZone: fc.constantFrom("UTC", "Asia/Kolkata", "Europe/Berlin", "America/New_York"),
    margin: fc.constantFrom("0", "10", "33.3333", "100"),
    steps: fc.array(step, { minLength: 1, maxLength: STEPS_MAX, size: "max" }),
  })
  .map(({ steps, promotions: drawn, ...rest }) => ({
    world: {
      ...rest,
      promotions: drawn.map((one, index) => promotionOf(one, index, rest.plan)),
    },
    steps,
  }));

type DrawnPromotion = typeof promotions extends fc.Arbitrary<(infer One)[]> ? One : never;

function promotionOf(
  drawn: DrawnPromotion,
  index: number,
  { rules: all, tiers: own = [] }: PlainPlan,
): PlainPromotion {
  const { from, days, rules: named, when: conditions, budget, ...rest } = drawn;
  const known = named?.filter((id) => all.some((rule) => rule.id === id)) ?? [];
  const dayText = (day: number) =>
    `${new Date(BEGINS_AT + day * DAY_MS).toISOString().slice(0, 10)}T00:00:00`;
  const whenLeft =
    conditions &&
    sensibleWhen(
      conditions,
      "purchase",
      own.map(({ id }) => id),
    );
  return {
    id: `pro_p${index}`,
    document: withoutUndefined({
      name: `Promotion ${index}`,
      starts_at: dayText(from),
      ends_at: dayText(from + days),
      ...rest,
      rules: known.length > 0 ? known : undefined,
      when: whenLeft && Object.keys(whenLeft).length > 0 ? whenLeft : undefined,
      budget: budget === undefined ? undefined : { amount: budget, currency: CURRENCY },
    }) as PlainPromotion["document"],
  };
}

export function momentOf({ at }: Extract<Step, { kind: "convert" }>, buyer: Person): number {
  return "sinceReferral" in at
    ? buyer.referredAt + at.sinceReferral
    : BEGINS_AT + at.day * DAY_MS + at.minute * MINUTE_MS;
}

function withoutUndefined<Given extends object>(
  given: Given,
): { [Key in keyof Given]: NonNullable<Given[Key]> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Given]: NonNullable<Given[Key]>;
  };
}
