import { type Basis, bindRates, RatesByLevel, rateProblems } from "../rates-by-level.ts";
import { defineRule } from "./rule.ts";

const AMOUNT: Basis = { word: "amount", of: (facts) => facts.amount, whenNone: "no_amount" };

export const percentOfAmount = defineRule({
  name: "percent_of_amount",
  title: "Share of the amount",
  description: "Each level earns a percentage of the amount of the order.",
  rewardKind: "commission",
  basis: "amount",
  isBounded: true,
  parameters: RatesByLevel,
  problems: rateProblems,
  bind: (parameters, context) => bindRates(parameters, context, AMOUNT),
});
