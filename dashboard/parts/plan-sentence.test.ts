import { describe, expect, it } from "vitest";
import type { PlanDocument, PlanRule } from "../wire.ts";
import { costSentences, offerSentences } from "./plan-sentence.ts";
import { termSentences } from "./plan-terms.ts";

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

  it("says both sides of a reward, the friend first", () => {
    const give = plan({
      id: "g",
      rule: "credit",
      on: "signup",
      levels: [
        { level: 1, amount: inr(20_000) },
        { level: 0, amount: inr(10_000) },
      ],
    });
    expect(offerSentences(give)).toEqual([
      "Your friend gets ₹100.00 for signing up; you earn ₹200.00 for your friends’ sign-ups.",
    ]);
    expect(costSentences(give)).toEqual(["Costs ₹300.00 for each sign-up."]);
  });

  it("says coupons, milestones and shares of a reward", () => {
    const all = plan(
      {
        id: "c",
        rule: "coupon",
        on: "purchase",
        label: "Tea on us",
        value: { percent: "10" },
        levels: [{ level: 0 }],
      },
      { id: "m", rule: "milestone_bonus", on: "qualified", at: [5, 10, 20], pays: inr(50_000) },
      { id: "e", rule: "milestone_bonus", on: "qualified", every: 5, pays: inr(50_000) },
      { id: "s", rule: "percent_of_reward", on: "purchase", of: "c", levels: [{ level: 2, rate: "10" }] },
    );
    expect(offerSentences(all, "advocate")).toEqual([
      "The friend gets a coupon, “Tea on us” (10 % off), on their orders.",
      "The advocate earns ₹500.00 when 5, 10 or 20 of their friends have qualified.",
      "The advocate earns ₹500.00 each time 5 more of their friends have qualified.",
      "The advocate earns 10 % of what level 1 earns by “c”.",
    ]);
    expect(costSentences(all)).toEqual([
      "Costs a coupon for each order.",
      "Costs ₹500.00 at each milestone of an advocate.",
      "Costs ₹500.00 at each milestone of an advocate.",
      "Costs at most 10 % of what “c” pays.",
    ]);
  });

  it("says under which conditions, and which tier raises it", () => {
    const gold = { id: "gold", name: "Gold", at_least: { qualified: 50, points: 1_000 }, multiplier: "120" };
    const strict: PlanDocument = {
      ...plan({
        id: "r",
        rule: "percent_of_amount",
        on: "purchase",
        when: {
          nth: { from: 2, to: 3 },
          within_days: 30,
          countries: ["IN", "NP"],
          tiers: ["gold"],
          active: true,
        },
        levels: [{ level: 1, rate: "5", by_tier: { gold: "7" } }],
      }),
      tiers: [gold],
    };
    expect(offerSentences(strict)).toEqual([
      "You earn 5 % (by tier up to 7 %) of the amount on your friends’ orders; only for a friend’s 2nd to 3rd, within 30 days of joining, from buyers in IN or NP, for advocates of the tier Gold, for advocates who are active.",
    ]);
    expect(costSentences(strict)).toEqual([
      "Costs at most 7 % of the amount of an order, and 120 % of that at the tier Gold.",
    ]);
    expect(termSentences(strict, "you")[2]).toBe(
      "Gold: from 50 friends who qualified and 1,000 points, you earn 120 % of each reward.",
    );
  });

  it("says caps, expiry, activity and what a refund undoes", () => {
    const terms = termSentences({
      ...twoLevel,
      inactive_upline: "hold",
      activity: { within_days: 90, by: ["purchase", "sign_in"] },
      caps: [
        { id: "m", scope: "participant", period: "month", amount: inr(1_000_000), rules: ["level-share"] },
        { id: "o", scope: "conversion", period: "conversion", amount: inr(50_000) },
      ],
      expires_days: { points: 365 },
      qualifies: { on: "purchase", when: { amount_above: inr(10_000), nth: { to: 1 } } },
      existing_referrals: "keep",
      on_refund: { caps: "keep", milestones: "take_back" },
    });
    expect(terms.slice(2)).toEqual([
      "Each advocate earns at most ₹10,000.00 each month by “level-share”.",
      "One order pays at most ₹500.00.",
      "Points not used within 365 days expire.",
      "A link visit counts for 30 days.",
      "The share of an advocate who is suspended or not active is kept until they are active again.",
      "Active is who bought something or opened their page within 90 days before.",
      "A referral qualifies with an order over ₹100.00, only for a friend’s first one.",
      "Referrals made before this version keep the one they had.",
      "What a refund takes back stays counted in caps and budgets.",
      "A full refund also takes back the milestone it led to.",
    ]);
  });
});
