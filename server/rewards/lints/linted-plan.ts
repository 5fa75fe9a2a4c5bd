import type { WireMoney } from "../../primitives/money.ts";

/** A checked plan document as lints read it: every field of the language, whatever rule it belongs to. */
export type LintedPlan = {
  currency: string;
  rules: readonly LintedRule[];
  composition: "all" | "first" | "best";
  direct_limit: number | null;
  hold_days: number;
  activity?: { within_days: number; by: readonly string[] };
  qualifies?: { on: string; when?: LintedWhen };
  tiers?: readonly LintedTier[];
  caps?: readonly LintedCap[];
  expires_days?: Readonly<Record<string, number>>;
};

export type LintedRule = {
  id: string;
  rule: string;
  on: string;
  when?: LintedWhen;
  levels?: readonly LintedLevel[];
  /** Of a share of rewards. */
  of?: string;
  /** Of a milestone. */
  every?: number;
  at?: readonly number[];
  pays?: WireMoney;
};

export type LintedLevel = {
  level: number;
  rate?: string;
  by_tier?: Readonly<Record<string, string>>;
  amount?: WireMoney;
  points?: number;
};

export type LintedWhen = {
  amount_above?: WireMoney;
  nth?: { from?: number; to?: number };
  within_days?: number;
  countries?: readonly string[];
  channels?: readonly string[];
  products?: readonly string[];
  segments?: readonly string[];
  tiers?: readonly string[];
  active?: true;
};

type LintedTier = {
  id: string;
  at_least: { qualified?: number; points?: number };
  multiplier?: string;
};

export type LintedCap = {
  id: string;
  scope: "participant" | "program" | "conversion";
  amount: WireMoney;
  rules?: readonly string[];
};

export type LintedPromotion = {
  id: string;
  name: string;
  /** Wall-clock times, which sort as text. */
  starts_at: string;
  ends_at: string;
  rules?: readonly string[];
  levels?: readonly number[];
  multiplier?: string;
  add?: WireMoney;
  budget?: WireMoney;
};

/** The document has passed the schema of the language; this only says what is in it. */
export function lintedPlan(document: object): LintedPlan {
  return document as LintedPlan;
}

/** The same of a promotion's document. */
export function lintedPromotion(id: string, document: unknown): LintedPromotion {
  return { ...(document as Omit<LintedPromotion, "id">), id };
}

type Payment = "money" | "points" | "credit" | "coupons";

const PAYMENTS: Readonly<Record<string, Payment>> = { PTS: "points", CRD: "credit", CPN: "coupons" };

/** What kind of thing a rule pays. */
export function paymentOf(rule: LintedRule): Payment {
  switch (rule.rule) {
    case "points":
      return "points";
    case "credit":
      return "credit";
    case "coupon":
      return "coupons";
    default:
      return PAYMENTS[rule.pays?.currency ?? ""] ?? "money";
  }
}

/** The levels a rule pays; a milestone pays the advocate. */
export function levelsOf(rule: LintedRule): readonly LintedLevel[] {
  if (rule.levels) return rule.levels;
  return rule.pays ? [{ level: 1, amount: rule.pays }] : [];
}

export function ruleById(plan: LintedPlan, id: string): LintedRule | undefined {
  return plan.rules.find((rule) => rule.id === id);
}

/** Those that pay money, with their place in the document. */
export function moneyRules(plan: LintedPlan): { rule: LintedRule; at: string }[] {
  return plan.rules.flatMap((rule, index) =>
    paymentOf(rule) === "money" ? [{ rule, at: `/rules/${index}` }] : [],
  );
}

/** Whether a rule pays on something people do that is no purchase. */
export function isWithoutPurchase(plan: LintedPlan, { on }: LintedRule): boolean {
  if (on !== "qualified") return on !== "purchase";
  return plan.qualifies !== undefined && plan.qualifies.on !== "purchase";
}

/** Whether people earn on it by enrolling others. */
export function isEnrolment(plan: LintedPlan, { on }: LintedRule): boolean {
  const kind = on === "qualified" ? (plan.qualifies?.on ?? "purchase") : on;
  return kind === "signup" || kind === "verified";
}
