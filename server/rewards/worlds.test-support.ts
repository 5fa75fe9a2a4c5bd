import fc from "fast-check";
import type { ParticipantId } from "../participants/participant.ts";
import { parsePercent, RATE_ONE, type Rate } from "../primitives/rate.ts";
import type { OracleFacts, OracleMember, OracleRule } from "./oracle.test-support.ts";
import { parsePlan } from "./plan.ts";
import { type SettlementFacts, UNCOUNTED, UNPLACED } from "./settlement-facts.ts";
import type { UplineMember } from "./upline.ts";

/** Random plans, uplines and conversions, as both settlements need them. */

export const BUYER: ParticipantId = "par_buyer";
const LEVELS_MAX = 6;
const UPLINE_MAX = 9;
const AMOUNT_MAX = 10 ** 15;
const RATE_UNITS_MAX = 1_000_000;

export type World = {
  document: { currency: string; inactive_upline: string; composition: string; rules: OracleRule[] };
  conversion: { kind: string; amount: number; profit: number | null };
  marginUnits: number;
  referral: SettlementFacts["referral"];
  upline: OracleMember[];
};

const percentText = (units: number) =>
  `${Math.floor(units / 10_000)}.${String(units % 10_000).padStart(4, "0")}`;

/** Small amounts, where rounding bites, as often as absurd ones. */
const minor = fc.oneof(
  fc.integer({ min: 1, max: 300 }),
  fc.integer({ min: 1, max: 500_000 }),
  fc.integer({ min: 1, max: AMOUNT_MAX }),
);

const thresholds = fc.oneof(fc.constant(100_000), fc.integer({ min: 0, max: 200_000 }));

const kinds = fc.constantFrom("purchase", "purchase", "purchase", "renewal", "renewal", "signup");

const levelNumbers = fc.uniqueArray(fc.integer({ min: 1, max: LEVELS_MAX }), {
  minLength: 1,
  maxLength: LEVELS_MAX,
});

/** Rates of all levels together stay within the whole, as a plan must. */
const rates = levelNumbers.chain((levels) =>
  fc
    .array(fc.integer({ min: 0, max: Math.floor(RATE_UNITS_MAX / levels.length) }), {
      minLength: levels.length,
      maxLength: levels.length,
    })
    .map((units) => levels.map((level, i) => ({ level, rate: percentText(units[i] ?? 0) }))),
);

const fixedAmounts = levelNumbers.chain((levels) =>
  minor.map((amount) => levels.map((level) => ({ level, amount: { amount, currency: "INR" } }))),
);

const pointAmounts = levelNumbers.chain((levels) =>
  fc.integer({ min: 1, max: 1_000 }).map((points) => levels.map((level) => ({ level, points }))),
);

const rule = fc
  .record({
    kind: kinds,
    above: fc.option(thresholds),
    terms: fc.oneof(
      { weight: 3, arbitrary: rates.map((levels) => ({ rule: "percent_of_profit", levels })) },
      { weight: 2, arbitrary: rates.map((levels) => ({ rule: "percent_of_amount", levels })) },
      { weight: 1, arbitrary: fixedAmounts.map((levels) => ({ rule: "fixed_amount", levels })) },
      { weight: 1, arbitrary: pointAmounts.map((levels) => ({ rule: "points", levels })) },
    ),
  })
  .map(({ kind, above, terms }) => {
    const on = kind === "signup" && terms.rule.startsWith("percent") ? "purchase" : kind;
    const when =
      above === null || on === "signup" ? {} : { when: { amount_above: { amount: above, currency: "INR" } } };
    return { on, ...when, ...terms };
  });

const document = fc
  .record({
    inactive_upline: fc.constantFrom("lapse", "compress"),
    composition: fc.constantFrom("all", "all", "first", "best"),
    rules: fc.array(rule, { minLength: 1, maxLength: 5 }),
  })
  .map((plan) => ({
    ...plan,
    name: "Random",
    currency: "INR",
    direct_limit: null,
    overflow: "reject",
    hold_days: 14,
    attribution_window_days: 30,
    rules: plan.rules.map((entry, index): OracleRule => ({ id: `rule-${index}`, ...entry })),
  }));

const statuses = fc.constantFrom("active", "active", "active", "suspended", "over_limit");

const upline = fc.array(statuses, { maxLength: UPLINE_MAX }).map((all) =>
  all.map((status, index): OracleMember => {
    return {
      participantId: `par_level${index + 1}`,
      level: index + 1,
      legParticipantId: index === 0 ? BUYER : `par_level${index}`,
      status,
    };
  }),
);

/** Amounts around the thresholds of the plan come up often. */
const conversionFor = (rules: OracleRule[]) => {
  const edges = rules.flatMap(({ when }) => {
    const above = when?.amount_above?.amount ?? 0;
    return [above - 1, above, above + 1].filter((amount) => amount > 0);
  });
  const amounts = edges.length === 0 ? minor : fc.oneof(minor, fc.constantFrom(...edges));
  return fc.record({
    kind: kinds,
    amount: amounts,
    profit: fc.option(fc.oneof(minor, fc.integer({ min: -100, max: 100 }))),
  });
};

/** A plan and one conversion; now and then the buyer stands in the buyer's own upline, which nothing may reward. */
export const world: fc.Arbitrary<World> = fc
  .record({ document, upline, self: fc.nat({ max: 40 }), marginUnits: fc.nat({ max: RATE_UNITS_MAX }) })
  .chain(({ document: plan, upline: members, self, marginUnits }) =>
    fc.record({
      document: fc.constant(plan),
      upline: fc.constant(
        members.map((member) => (member.level === self ? { ...member, participantId: BUYER } : member)),
      ),
      marginUnits: fc.constantFrom(marginUnits, RATE_UNITS_MAX),
      referral: fc.constantFrom(
        "counts",
        "counts",
        "counts",
        "counts",
        "counts",
        "none",
        "no_reward",
        "rejected",
      ),
      conversion: conversionFor(plan.rules),
    }),
  );

export function factsOf({
  document: plan,
  conversion: given,
  marginUnits,
  referral,
  upline: members,
}: World): SettlementFacts {
  return {
    ...UNCOUNTED,
    plan: parsePlan(plan),
    planVersion: 1,
    conversion: {
      ...UNPLACED,
      participantId: BUYER,
      kind: given.kind,
      amount: { minor: BigInt(amountOf(given)), currency: "INR" },
      profit: given.profit === null ? null : { minor: BigInt(given.profit), currency: "INR" },
      occurredAt: new Date(0),
    },
    defaultMargin: parsePercent(percentText(marginUnits)) ?? (RATE_ONE as Rate),
    referral,
    upline: members as UplineMember[],
  };
}

export function oracleFactsOf({
  document: plan,
  conversion: given,
  marginUnits,
  referral,
  upline: members,
}: World): OracleFacts {
  return {
    plan,
    buyer: BUYER,
    kind: given.kind,
    amount: String(amountOf(given)),
    profit: given.profit === null ? null : String(given.profit),
    margin: percentText(marginUnits),
    referral,
    upline: members,
  };
}

/** A sign-up has no amount, and every other renewal is free. */
function amountOf({ kind, amount }: World["conversion"]): number {
  return kind === "signup" || (kind === "renewal" && amount % 2 === 0) ? 0 : amount;
}
