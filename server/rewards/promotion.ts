import { createHash } from "node:crypto";
import Type, { type Static } from "typebox";
import { Value } from "typebox/value";
import { fieldProblems } from "../primitives/field-problems.ts";
import type { Id } from "../primitives/id.ts";
import { fromWire, isMoney, type Money } from "../primitives/money.ts";
import { wallInstant } from "../primitives/period.ts";
import { parseMultiplier, RATE_ONE, type Rate } from "../primitives/rate.ts";
import { type FieldProblem, Refusal } from "../primitives/refusal.ts";
import { unknownRules } from "./cap.ts";
import { type Conditions, conditionProblems, readConditions, When } from "./condition.ts";
import { KEEPS_NOTHING, type KeptCounters } from "./counter.ts";
import { LevelOrFriend, Multiplier, PlanMoney, ShortId, tooSmall } from "./parameter.ts";
import { canonicalText, type Plan } from "./plan.ts";
import { LEVELS_MAX } from "./upline.ts";

export type PromotionId = Id<"pro">;

/** Of one program, those that have ended included. */
export const PROMOTIONS_MAX = 1_000;

const RULES_MAX = 50;
const ADVOCATES_MAX = 100_000_000;

const WallTime = (title: string, description: string) =>
  Type.String({ title, description, pattern: "^2\\d{3}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}$" });

/** A promotion as it is written. Times are what the clocks of the program's time zone show. */
export const PromotionDocument = Type.Object(
  {
    name: Type.String({
      title: "Name",
      description: "What it is called.",
      minLength: 1,
      maxLength: 100,
      pattern: "\\S",
    }),
    starts_at: WallTime("Starts", 'In the program\'s time zone, such as "2026-12-01T00:00:00".'),
    ends_at: WallTime("Ends", "In the program's time zone; this second is not included any more."),
    rules: Type.Optional(
      Type.Array(ShortId, {
        title: "Rules",
        description: "Only on what these rules grant; all rules where it is left out.",
        minItems: 1,
        maxItems: RULES_MAX,
        uniqueItems: true,
      }),
    ),
    levels: Type.Optional(
      Type.Array(LevelOrFriend, {
        title: "Levels",
        description: "Only at these levels; all levels where it is left out.",
        minItems: 1,
        maxItems: LEVELS_MAX + 1,
        uniqueItems: true,
      }),
    ),
    when: Type.Optional(When),
    multiplier: Type.Optional({ ...Multiplier, description: 'A percent of the reward: "200" doubles it.' }),
    add: Type.Optional({ ...PlanMoney, title: "Add", description: "So much more on each reward." }),
    budget: Type.Optional({
      ...PlanMoney,
      title: "Budget",
      description: "What it adds in all never exceeds this.",
    }),
    advocates_max: Type.Optional(
      Type.Integer({
        title: "People at most",
        description: "Only for the first so many people who get something from it.",
        minimum: 1,
        maximum: ADVOCATES_MAX,
      }),
    ),
  },
  { additionalProperties: false },
);
export type PromotionDocument = Static<typeof PromotionDocument>;

/** A promotion read once, ready to settle with. */
export type Promotion = {
  id: PromotionId;
  name: string;
  startsAt: Date;
  /** Not included. */
  endsAt: Date;
  rules: ReadonlySet<string> | null;
  levels: ReadonlySet<number> | null;
  conditions: Conditions;
  /** What it adds to a reward, as a share of its base. */
  share: Rate;
  add: Money | null;
  budget: Money | null;
  advocatesMax: number | null;
  kept: KeptCounters;
};

/** The plan a promotion lies over, as far as its document names parts of it. */
export type PromotedPlan = {
  currency: string;
  isRule(id: string): boolean;
  isTier(id: string): boolean;
};

export function promotedPlan({ currency, rules, tiers }: Plan): PromotedPlan {
  return {
    currency,
    isRule: (id) => rules.some((rule) => rule.id === id),
    isTier: (id) => tiers.some((tier) => tier.id === id),
  };
}

/** Everything that is wrong with a document, each with the place and the reason in words. */
export function promotionProblems(document: unknown, plan: PromotedPlan, timeZone: string): FieldProblem[] {
  const problems = fieldProblems(PromotionDocument, document);
  if (problems.length > 0 || !Value.Check(PromotionDocument, document)) return problems;
  const { multiplier, add, budget, rules = [] } = document;
  problems.push(...timeProblems(document, timeZone), ...conditionProblems(document.when, plan));
  problems.push(...unknownRules(rules, plan.isRule, "/rules"));
  if (multiplier === undefined && add === undefined)
    problems.push({ pointer: "/multiplier", code: "required", message: "Say what it adds." });
  if (multiplier !== undefined && (parseMultiplier(multiplier) ?? 0n) <= RATE_ONE)
    problems.push({
      pointer: "/multiplier",
      code: "too_small",
      message: "A promotion adds: use more than 100.",
    });
  for (const [name, money] of [
    ["add", add],
    ["budget", budget],
  ] as const) {
    if (money === undefined) continue;
    problems.push(...tooSmall(`/${name}/amount`, money.amount));
    if (isMoney(money.currency) && money.currency !== plan.currency)
      problems.push({
        pointer: `/${name}/currency`,
        code: "wrong_currency",
        message: `The program counts in ${plan.currency}.`,
      });
  }
  return problems;
}

/** Reads a document that has been checked. Its times are those of the time zone it was launched with. */
export function readPromotion(id: PromotionId, document: unknown, timeZone: string): Promotion {
  if (!Value.Check(PromotionDocument, document))
    throw new Refusal("invalid_promotion", { errors: fieldProblems(PromotionDocument, document) });
  const { when, rules, levels, multiplier, add, budget } = document;
  const conditions = readConditions(when);
  return {
    id,
    name: document.name,
    startsAt: instantOf(document.starts_at, timeZone),
    endsAt: instantOf(document.ends_at, timeZone),
    rules: rules === undefined ? null : new Set(rules),
    levels: levels === undefined ? null : new Set(levels),
    conditions,
    share: (((multiplier === undefined ? null : parseMultiplier(multiplier)) ?? RATE_ONE) - RATE_ONE) as Rate,
    add: add === undefined ? null : fromWire(add),
    budget: budget === undefined ? null : fromWire(budget),
    advocatesMax: document.advocates_max ?? null,
    kept: { ...KEEPS_NOTHING, nth: conditions.nth !== null },
  };
}

export function promotionHash(document: PromotionDocument): string {
  return createHash("sha256").update(canonicalText(document)).digest("hex");
}

export function isRunning({ startsAt, endsAt }: Pick<Promotion, "startsAt" | "endsAt">, at: Date): boolean {
  return startsAt.getTime() <= at.getTime() && at.getTime() < endsAt.getTime();
}

/** In the order in which they are looked at. */
export function byStart(a: Promotion, b: Promotion): number {
  return a.startsAt.getTime() - b.startsAt.getTime() || (a.id < b.id ? -1 : 1);
}

function timeProblems({ starts_at, ends_at }: PromotionDocument, timeZone: string): FieldProblem[] {
  const [startsAt, endsAt] = [wallInstant(starts_at, timeZone), wallInstant(ends_at, timeZone)];
  const message = "There is no such time.";
  const problems: FieldProblem[] = [];
  if (startsAt === null) problems.push({ pointer: "/starts_at", code: "invalid_time", message });
  if (endsAt === null) problems.push({ pointer: "/ends_at", code: "invalid_time", message });
  if (startsAt !== null && endsAt !== null && endsAt <= startsAt)
    problems.push({ pointer: "/ends_at", code: "ends_before_start", message: "It ends before it begins." });
  return problems;
}

function instantOf(text: string, timeZone: string): Date {
  const instant = wallInstant(text, timeZone);
  if (instant === null)
    throw new Error(`The promotion's time "${text}" has passed its check without being one.`);
  return instant;
}
