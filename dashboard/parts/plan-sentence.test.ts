import { describe, expect, it } from "vitest";
import type { PlanDocument, PlanRule } from "../wire.ts";
import { costSentences, offerSentences, termSentences } from "./plan-sentence.ts";

const inr = (amount: number) => ({ amount, currency: "INR" });
const plan = (...rules: PlanRule[]): PlanDocument => ({
  name: "Plan",
  currency: "INR",
  direct_limit: 8,
  overflow: "reject",
  inactive_upline: "lapse",
  hold_days: 14,
  attribution_window_days: 30,
  composition: "all",
  rules,
});
const twoLevel = plan({
  id: "level-share",
  rule: "percent_of_profit",
  on: "purchase",
  when: { amount_above: inr(100_000) },
  levels: [
    { level: 2, rate: "1" },
    { level: 1, rate: "5" },
  ],
});

describe("the offer in words", () => {
  it("says both levels, the basis and the threshold, nearest level first", () => {
    expect(offerSentences(twoLevel)).toEqual([
      "You earn 5 % of the profit on your friends’ orders over ₹1,000.00, and 1 % on their friends’ orders.",
    ]);
  });

  it("says points for sign-ups", () => {
    const points = plan({ id: "p", rule: "points", on: "signup", levels: [{ level: 1, points: 10 }] });
    expect(offerSentences(points)).toEqual(["You earn 10 points for your friends’ sign-ups."]);
    expect(costSentences(points)).toEqual(["Costs no money: 10 points for each sign-up."]);
  });

  it("says what a plan costs at most, adding rates exactly", () => {
    const tenths = plan({
      id: "t",
      rule: "percent_of_amount",
      on: "purchase",
      levels: [
        { level: 1, rate: "0.1" },
        { level: 2, rate: "0.2" },
      ],
    });
    expect(costSentences(tenths)).toEqual(["Costs at most 0.3 % of the amount of an order."]);
  });

  it("says a rule it does not know by its name", () => {
    expect(offerSentences(plan({ id: "odd", rule: "odd", on: "purchase" }))).toEqual([
      "You earn by the rule “odd”.",
    ]);
  });

  it("says the terms an advocate must know", () => {
    expect(termSentences(twoLevel, "you")).toEqual([
      "Up to 8 direct friends.",
      "Earnings become available 14 days after the order.",
    ]);
  });
});
