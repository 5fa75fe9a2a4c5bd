import { type Basis, bindRates, RatesByLevel, rateProblems } from "../rates-by-level.ts";
import { defineRule } from "./rule.ts";

const PROFIT: Basis = { word: "profit", of: (facts) => facts.profit, whenNone: "no_profit" };

export const percentOfProfit = defineRule({
  name: "percent_of_profit",
  title: "Share of the profit",
  description: "Each level earns a percentage of the profit of the order.",
  rewardKind: "commission",
  basis: "profit",
  isBounded: true,
  parameters: RatesByLevel,
  problems: rateProblems,
  bind: (parameters, context) => bindRates(parameters, context, PROFIT),
});
