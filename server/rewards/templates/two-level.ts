import { type PlanTemplate, wholeUnits } from "./template.ts";

export const twoLevel: PlanTemplate = {
  name: "two-level",
  title: "Two levels",
  description:
    "5 % of the profit to the advocate and 1 % one level above, for purchases over 1000; at most 8 direct referrals.",
  document(currency) {
    const units = (whole: number) => wholeUnits(whole, currency);
    const threshold = units(1000);
    const profit = units(400);
    const shares = [
      { level: 1, amount: units(20) },
      { level: 2, amount: units(4) },
    ];
    return {
      name: "Two levels",
      currency,
      direct_limit: 8,
      overflow: "reject",
      inactive_upline: "lapse",
      hold_days: 14,
      attribution_window_days: 30,
      composition: "all",
      rules: [
        {
          id: "level-share",
          rule: "percent_of_profit",
          on: "purchase",
          when: { amount_above: threshold },
          levels: [
            { level: 1, rate: "5" },
            { level: 2, rate: "1" },
          ],
        },
      ],
      examples: [
        { given: { amount: units(2000), profit }, expect: shares },
        { given: { amount: { ...threshold, amount: threshold.amount - 1 }, profit }, expect: [] },
        { given: { amount: threshold, profit }, expect: [] },
        { given: { amount: { ...threshold, amount: threshold.amount + 1 }, profit }, expect: shares },
      ],
    };
  },
};
