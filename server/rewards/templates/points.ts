import { POINTS } from "../../primitives/money.ts";
import type { PlanTemplate } from "./template.ts";

export const pointsPerReferral: PlanTemplate = {
  name: "points",
  title: "Points",
  description: "10 points for every friend who signs up, at once and without a limit.",
  document: (currency) => ({
    name: "Points",
    currency,
    direct_limit: null,
    overflow: "reject",
    inactive_upline: "lapse",
    hold_days: 0,
    attribution_window_days: 30,
    composition: "all",
    rules: [{ id: "referral-points", rule: "points", on: "signup", levels: [{ level: 1, points: 10 }] }],
    examples: [
      { given: { kind: "signup" }, expect: [{ level: 1, amount: { amount: 10, currency: POINTS } }] },
      { given: { amount: { amount: 100_000, currency } }, expect: [] },
    ],
  }),
};
