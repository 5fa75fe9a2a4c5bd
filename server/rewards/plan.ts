import { createHash } from "node:crypto";
import { RATE_ONE } from "../primitives/rate.ts";
import { Refusal } from "../primitives/refusal.ts";
import { type Cap, readCaps } from "./cap.ts";
import { type Conditions, readConditions } from "./condition.ts";
import type { KeptCounters } from "./counter.ts";
import {
  checkDocument,
  contextOf,
  type PlanDocument,
  parametersOf,
  QUALIFIED,
  ruleOf,
} from "./plan-document.ts";
import type { BoundRule, Rule } from "./rules/rule.ts";
import { readTiers, type Tier } from "./tier.ts";
import { type InactiveUpline, LEVELS_MAX } from "./upline.ts";

/** A plan read once, ready to settle with. */
export type Plan = {
  document: PlanDocument;
  name: string;
  currency: string;
  directLimit: number | null;
  overflow: PlanDocument["overflow"];
  inactiveUpline: InactiveUpline;
  /** Null: everybody who is not suspended is active. */
  activity: { withinDays: number; by: readonly ("purchase" | "sign_in")[] } | null;
  holdDays: number;
  attributionWindowDays: number;
  existingReferrals: "move" | "keep";
  composition: "all" | "first" | "best";
  /** Null: the first conversion that earns at level 1 qualifies. */
  qualifies: { on: string; conditions: Conditions } | null;
  rules: readonly PlanRule[];
  tiers: readonly Tier[];
  caps: readonly Cap[];
  /** Days after which what is available and unused expires; null is never. */
  expiresDays: { points: number | null; credit: number | null };
  onRefund: { caps: "give_back" | "keep"; milestones: "take_back" | "keep" };
  /** The deepest level any rule pays. */
  depth: number;
  /** Which counters settling by it needs. */
  kept: KeptCounters;
};

export type PlanRule = {
  id: string;
  on: string;
  /** When it is asked: with the conversion, when that qualifies the referral, or after the others have granted. */
  stage: "conversion" | "qualified" | "reward";
  conditions: Conditions;
  rule: Rule;
  bound: BoundRule;
};

/** Reads a plan document, or refuses it with every place that is wrong. */
export function parsePlan(document: unknown): Plan {
  const checked = checkDocument(document);
  if (checked.document === null) throw new Refusal("invalid_plan", { errors: checked.problems });
  return readPlan(checked.document);
}

/** How many levels of upline settlement needs; compression may have to look past those who are not active. */
export function uplineDepth(plan: Plan): number {
  return plan.inactiveUpline === "compress" ? LEVELS_MAX : Math.max(1, plan.depth);
}

/** Whether the rules themselves keep the commissions of a conversion within its profit. */
export function isBoundedByProfit(plan: Plan): boolean {
  const shares = new Map<string, bigint>();
  for (const { rule, bound, on } of plan.rules) {
    if (bound.currency !== plan.currency) continue;
    if (rule.basis !== "profit" || !rule.isBounded) return false;
    shares.set(on, (shares.get(on) ?? 0n) + bound.basisShare);
  }
  if (plan.tiers.some(({ multiplier }) => multiplier > RATE_ONE)) return false;
  return [...shares.values()].every((total) => total <= RATE_ONE);
}

/** The same text for the same document, however its keys were ordered or its file was indented. */
export function canonicalText(document: unknown): string {
  return JSON.stringify(document, (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

export function planHash(plan: Plan): string {
  return createHash("sha256").update(canonicalText(plan.document)).digest("hex");
}

function readPlan(document: PlanDocument): Plan {
  const planRules = document.rules.map((entry): PlanRule => {
    const rule = ruleOf(entry);
    const bound = rule.bind(parametersOf(entry), contextOf(entry, document));
    const stage = entry.on === QUALIFIED ? "qualified" : rule.basis === "reward" ? "reward" : "conversion";
    return { id: entry.id, on: entry.on, stage, conditions: readConditions(entry.when), rule, bound };
  });
  const tiers = readTiers(document.tiers);
  const { activity, qualifies, expires_days: expiry, on_refund: onRefund } = document;
  return {
    document,
    name: document.name,
    currency: document.currency,
    directLimit: document.direct_limit,
    overflow: document.overflow,
    inactiveUpline: document.inactive_upline,
    activity: activity === undefined ? null : { withinDays: activity.within_days, by: activity.by },
    holdDays: document.hold_days,
    attributionWindowDays: document.attribution_window_days,
    existingReferrals: document.existing_referrals ?? "move",
    composition: document.composition,
    qualifies:
      qualifies === undefined ? null : { on: qualifies.on, conditions: readConditions(qualifies.when) },
    rules: planRules,
    tiers,
    caps: readCaps(document.caps),
    expiresDays: { points: expiry?.points ?? null, credit: expiry?.credit ?? null },
    onRefund: { caps: onRefund?.caps ?? "give_back", milestones: onRefund?.milestones ?? "keep" },
    depth: Math.max(...planRules.flatMap(({ bound }) => bound.levels)),
    kept: keptBy(planRules, tiers, qualifies?.when?.nth !== undefined),
  };
}

function keptBy(
  planRules: readonly PlanRule[],
  tiers: readonly Tier[],
  qualifiesByNth: boolean,
): KeptCounters {
  return {
    nth: qualifiesByNth || planRules.some(({ conditions }) => conditions.nth !== null),
    qualified:
      planRules.some(({ stage }) => stage === "qualified") ||
      tiers.some((tier) => tier.qualifiedMin !== null),
    points: tiers.some((tier) => tier.pointsMin !== null),
  };
}
