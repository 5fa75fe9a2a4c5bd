import { createHash } from "node:crypto";
import { RATE_ONE } from "../primitives/rate.ts";
import { Refusal } from "../primitives/refusal.ts";
import { type Conditions, readConditions } from "./condition.ts";
import { checkDocument, contextOf, type PlanDocument, parametersOf, ruleOf } from "./plan-document.ts";
import type { BoundRule, Rule } from "./rules/rule.ts";
import { LEVELS_MAX } from "./upline.ts";

/** A plan read once, ready to settle with. */
export type Plan = {
  document: PlanDocument;
  name: string;
  currency: string;
  directLimit: number | null;
  overflow: PlanDocument["overflow"];
  inactiveUpline: "lapse" | "compress";
  holdDays: number;
  attributionWindowDays: number;
  composition: "all" | "first" | "best";
  rules: readonly PlanRule[];
  /** The deepest level any rule pays. */
  depth: number;
};

export type PlanRule = { id: string; on: string; conditions: Conditions; rule: Rule; bound: BoundRule };

/** Reads a plan document, or refuses it with every place that is wrong. */
export function parsePlan(document: unknown): Plan {
  const checked = checkDocument(document);
  if (checked.document === null) throw new Refusal("invalid_plan", { errors: checked.problems });
  return readPlan(checked.document);
}

/** How many levels of upline settlement needs; compression may have to look past suspended participants. */
export function uplineDepth(plan: Plan): number {
  return plan.inactiveUpline === "compress" ? LEVELS_MAX : plan.depth;
}

/** Whether the rules themselves keep the commissions of a conversion within its profit. */
export function isBoundedByProfit(plan: Plan): boolean {
  const shares = new Map<string, bigint>();
  for (const { rule, bound, on } of plan.rules) {
    if (rule.rewardKind === "points") continue;
    if (rule.basis !== "profit" || !rule.isBounded) return false;
    shares.set(on, (shares.get(on) ?? 0n) + bound.basisShare);
  }
  return [...shares.values()].every((total) => total <= RATE_ONE);
}

/** The same text for the same plan, however its keys were ordered or its file was indented. */
function canonicalText(document: PlanDocument): string {
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
    const bound = rule.bind(parametersOf(entry), contextOf(entry, document.currency));
    return { id: entry.id, on: entry.on, conditions: readConditions(entry.when), rule, bound };
  });
  return {
    document,
    name: document.name,
    currency: document.currency,
    directLimit: document.direct_limit,
    overflow: document.overflow,
    inactiveUpline: document.inactive_upline,
    holdDays: document.hold_days,
    attributionWindowDays: document.attribution_window_days,
    composition: document.composition,
    rules: planRules,
    depth: Math.max(...planRules.flatMap(({ bound }) => bound.levels)),
  };
}
