import type { PlanDocument } from "../wire.ts";

/** The order a person reads a plan in; storage keeps none. */
const ORDER = [
  ...[
    "name",
    "currency",
    "direct_limit",
    "overflow",
    "inactive_upline",
    "activity",
    "hold_days",
    "attribution_window_days",
    "existing_referrals",
  ],
  ...[
    "composition",
    "qualifies",
    "id",
    "rule",
    "on",
    "when",
    "scope",
    "period",
    "level",
    "rate",
    "given",
    "expect",
    "amount",
    "points",
    "rules",
    "levels",
    "tiers",
    "caps",
  ],
  ...["expires_days", "on_refund", "examples"],
];

/** A plan document as text for people, its keys always in the same order. */
export function planText(document: PlanDocument | Record<string, never>): string {
  return JSON.stringify(document, inOrder, 2);
}

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => placeOf(a) - placeOf(b)));
}

function placeOf(key: string): number {
  const place = ORDER.indexOf(key);
  return place === -1 ? ORDER.length : place;
}
