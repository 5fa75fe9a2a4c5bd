import { coupon } from "./coupon.ts";
import { credit } from "./credit.ts";
import { fixedAmount } from "./fixed-amount.ts";
import { milestoneBonus } from "./milestone-bonus.ts";
import { percentOfAmount } from "./percent-of-amount.ts";
import { percentOfProfit } from "./percent-of-profit.ts";
import { percentOfReward } from "./percent-of-reward.ts";
import { points } from "./points.ts";
import type { Rule } from "./rule.ts";

/** The shelf: every rule a plan can name. */
export const rules: readonly Rule[] = [
  percentOfProfit,
  percentOfAmount,
  fixedAmount,
  points,
  credit,
  coupon,
  percentOfReward,
  milestoneBonus,
];

const byName = new Map(rules.map((rule) => [rule.name, rule]));

export function findRule(name: string): Rule | undefined {
  return byName.get(name);
}
