import { fixedAmount } from "./fixed-amount.ts";
import { percentOfAmount } from "./percent-of-amount.ts";
import { percentOfProfit } from "./percent-of-profit.ts";
import { points } from "./points.ts";
import type { Rule } from "./rule.ts";

/** The shelf: every rule a plan can name. */
export const rules: readonly Rule[] = [percentOfProfit, percentOfAmount, fixedAmount, points];

const byName = new Map(rules.map((rule) => [rule.name, rule]));

export function findRule(name: string): Rule | undefined {
  return byName.get(name);
}
