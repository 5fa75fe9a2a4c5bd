import type { Rate } from "../../primitives/rate.ts";
import type { LintContext } from "./lint.ts";
import type { LintedPromotion } from "./linted-plan.ts";

type BadPlan = {
  name: string;
  document: object;
  codes: string[];
  promotions?: LintedPromotion[];
  context?: Partial<LintContext>;
};

const usd = (amount: number) => ({ amount, currency: "USD" });
const share = {
  id: "share",
  rule: "percent_of_profit",
  on: "purchase",
  levels: [
    { level: 1, rate: "5" },
    { level: 2, rate: "1" },
  ],
};

/** Two levels of the profit, held for two weeks: nothing to say against it. */
export const SOUND = {
  name: "Sound",
  currency: "USD",
  direct_limit: 8,
  overflow: "reject",
  inactive_upline: "lapse",
  hold_days: 14,
  attribution_window_days: 30,
  composition: "all",
  rules: [share],
};

const plan = (terms: object) => ({ ...SOUND, ...terms });
const withRules = (...rules: object[]) => plan({ rules });
const rates = (id: string, rate: string, level = 1, more: object = {}) => ({
  ...{ id, rule: "percent_of_profit", on: "purchase", levels: [{ level, rate }] },
  ...more,
});
const bonus = (amount: number, more: object = {}) => ({
  ...{ id: "bonus", rule: "fixed_amount", on: "purchase", levels: [{ level: 1, amount: usd(amount) }] },
  ...more,
});
const milestone = (more: object) => ({
  ...{ id: "tenth", rule: "milestone_bonus", on: "qualified", pays: usd(1_000) },
  ...more,
});
const gold = { id: "gold", name: "Gold", at_least: { qualified: 5 } };
const promotion = (more: Partial<LintedPromotion>): LintedPromotion => ({
  ...{ id: "prm_1", name: "Diwali", starts_at: "2026-11-01T00:00:00", ends_at: "2026-12-01T00:00:00" },
  ...more,
});
const margin = (percent: number): Partial<LintContext> => ({
  defaultMargin: BigInt(percent * 10_000) as Rate,
});
const INDIA: Partial<LintContext> = { currency: "INR", timeZone: "Asia/Kolkata" };
const CAPPED = { caps: [{ id: "monthly", scope: "participant", period: "month", amount: usd(5_000) }] };

/** Plans that somebody could write in good faith, each with everything that is wrong with it. */
export const badPlans: BadPlan[] = [
  {
    name: "more of the amount than is profit",
    document: withRules(rates("share", "30", 1, { rule: "percent_of_amount" })),
    codes: ["pays_more_than_margin"],
    context: margin(20),
  },
  {
    name: "levels that only together are more than the profit",
    document: withRules(rates("one", "60"), rates("two", "50", 2)),
    codes: ["pays_more_than_margin"],
  },
  {
    name: "a double-sided reward that only together is more than the margin",
    document: withRules({
      ...rates("both", "0", 1, { rule: "percent_of_amount", when: { nth: { to: 1 } } }),
      levels: [
        { level: 0, rate: "12" },
        { level: 1, rate: "12" },
      ],
    }),
    codes: ["pays_more_than_margin"],
    context: margin(20),
  },
  {
    name: "a tier's multiplier that takes it above the profit",
    document: plan({ rules: [rates("share", "60")], tiers: [{ ...gold, multiplier: "200" }] }),
    codes: ["pays_more_than_margin"],
  },
  {
    name: "a rate by tier above the profit, with a multiplier",
    document: plan({
      rules: [{ ...share, levels: [{ level: 1, rate: "5", by_tier: { gold: "90" } }] }],
      tiers: [{ ...gold, multiplier: "150" }],
    }),
    codes: ["pays_more_than_margin"],
  },
  {
    name: "two promotions that run at the same time",
    document: withRules(rates("share", "40")),
    codes: ["pays_more_than_margin"],
    promotions: [
      promotion({ multiplier: "200", budget: usd(1_000) }),
      promotion({ id: "prm_2", starts_at: "2026-11-15T00:00:00", multiplier: "200", budget: usd(1_000) }),
    ],
  },
  {
    name: "a bonus larger than the smallest order that earns it",
    document: plan({ rules: [bonus(2_000, { when: { amount_above: usd(1_500) } })], ...CAPPED }),
    codes: ["pays_more_than_margin"],
  },
  {
    name: "a share of rewards on top of all of the profit",
    document: withRules(rates("share", "95"), {
      ...{ id: "above", rule: "percent_of_reward", on: "purchase", of: "share" },
      levels: [{ level: 2, rate: "10" }],
    }),
    codes: ["pays_more_than_margin"],
  },
  {
    name: "a bonus for any purchase, with a cap",
    document: plan({ rules: [bonus(500)], ...CAPPED }),
    codes: ["fixed_amount_without_minimum"],
  },
  {
    name: "a bonus for any purchase, without a limit",
    document: withRules(bonus(500)),
    codes: ["fixed_amount_without_minimum", "unlimited_liability"],
  },
  {
    name: "a bonus without a limit, for large purchases",
    document: withRules(bonus(500, { when: { amount_above: usd(10_000) } })),
    codes: ["unlimited_liability"],
  },
  {
    name: "a bonus that only a cap for one conversion limits",
    document: plan({
      rules: [bonus(500, { when: { amount_above: usd(10_000) } })],
      caps: [{ id: "each", scope: "conversion", period: "conversion", amount: usd(1_000) }],
    }),
    codes: ["unlimited_liability"],
  },
  {
    name: "a milestone again and again, for any number of friends",
    document: plan({ direct_limit: null, rules: [share, milestone({ every: 10 })] }),
    codes: ["unlimited_liability"],
  },
  {
    name: "money for a sign-up",
    document: withRules(share, bonus(500, { on: "signup" })),
    codes: ["money_for_enrolment"],
  },
  {
    name: "money for a verified sign-up, that makes a referral qualified",
    document: withRules(bonus(500, { on: "verified" }), share),
    codes: ["money_for_enrolment"],
  },
  {
    name: "a milestone of sign-ups",
    document: plan({ rules: [share, milestone({ every: 5 })], qualifies: { on: "signup" } }),
    codes: ["money_for_enrolment"],
  },
  {
    name: "money for enrolment in India",
    document: plan({
      currency: "INR",
      rules: [
        { ...bonus(1), on: "signup", levels: [{ level: 1, amount: { amount: 5_000, currency: "INR" } }] },
      ],
    }),
    codes: ["country_forbids", "money_for_enrolment"],
    context: INDIA,
  },
  {
    name: "money for sign-ups of sign-ups",
    document: withRules(
      share,
      bonus(500, {
        on: "signup",
        levels: [
          { level: 1, amount: usd(500) },
          { level: 2, amount: usd(100) },
        ],
      }),
    ),
    codes: ["money_below_level_one_without_purchase", "money_for_enrolment", "unlimited_liability"],
  },
  {
    name: "money at level 2 for a trial",
    document: plan({
      rules: [share, bonus(500, { on: "trial_started", levels: [{ level: 2, amount: usd(500) }] })],
      ...CAPPED,
    }),
    codes: ["money_below_level_one_without_purchase"],
  },
  {
    name: "a rule of nothing",
    document: withRules(share, rates("nothing", "0", 3)),
    codes: ["unreachable_rule"],
  },
  {
    name: "a sign-up of a product",
    document: withRules(share, {
      ...{ id: "joined", rule: "points", on: "signup", levels: [{ level: 1, points: 10 }] },
      when: { products: ["basic"] },
    }),
    codes: ["unreachable_rule"],
  },
  {
    name: "somebody's second sign-up",
    document: withRules(share, {
      ...{ id: "again", rule: "points", on: "signup", levels: [{ level: 1, points: 10 }] },
      when: { nth: { from: 2 } },
    }),
    codes: ["unreachable_rule"],
  },
  {
    name: "a larger order behind a rule for every order",
    document: plan({
      composition: "first",
      rules: [rates("every", "5"), rates("large", "8", 1, { when: { amount_above: usd(100_000) } })],
    }),
    codes: ["unreachable_rule"],
  },
  {
    name: "one product behind a list with it",
    document: plan({
      composition: "first",
      rules: [
        rates("some", "5", 1, { when: { products: ["basic", "plus"] } }),
        rates("plus", "8", 1, { when: { products: ["plus"], nth: { to: 1 } } }),
      ],
    }),
    codes: ["unreachable_rule"],
  },
  {
    name: "two rates that add up",
    document: withRules(rates("base", "5"), rates("large", "3", 1, { when: { amount_above: usd(100_000) } })),
    codes: ["overlapping_rules"],
  },
  {
    name: "steps that begin above zero",
    document: plan({
      composition: "best",
      rules: [
        rates("large", "5", 1, { when: { amount_above: usd(10_000) } }),
        rates("larger", "8", 1, { when: { amount_above: usd(50_000) } }),
      ],
    }),
    codes: ["gap_at_threshold"],
  },
  {
    name: "a first and a third purchase",
    document: withRules(
      rates("first", "10", 1, { when: { nth: { to: 1 } } }),
      rates("later", "5", 1, { when: { nth: { from: 3 } } }),
    ),
    codes: ["gap_at_threshold"],
  },
  {
    name: "a discount for ever",
    document: withRules({
      ...share,
      levels: [
        { level: 0, rate: "5" },
        { level: 1, rate: "5" },
      ],
    }),
    codes: ["own_purchases"],
  },
  {
    name: "credit for ever",
    document: withRules(share, {
      ...{ id: "thanks", rule: "credit", on: "purchase" },
      levels: [{ level: 0, amount: { amount: 100, currency: "CRD" } }],
    }),
    codes: ["own_purchases"],
  },
  {
    name: "who buys nothing earns nothing",
    document: plan({ activity: { within_days: 30, by: ["purchase"] } }),
    codes: ["buy_to_qualify"],
  },
  {
    name: "no hold",
    document: plan({ hold_days: 0 }),
    codes: ["missing_hold"],
  },
  {
    name: "two levels of money, and nobody told",
    document: SOUND,
    codes: ["missing_disclosure"],
    context: { hasDisclosure: false },
  },
  {
    name: "one level of money, and nobody told",
    document: plan({ rules: [bonus(500, { when: { amount_above: usd(10_000) } })], ...CAPPED }),
    codes: ["missing_disclosure"],
    context: { hasDisclosure: false },
  },
  {
    name: "points for a week",
    document: plan({
      rules: [{ id: "p", rule: "points", on: "signup", levels: [{ level: 1, points: 5 }] }],
      expires_days: { points: 7 },
    }),
    codes: ["expires_without_notice"],
  },
  {
    name: "a promotion without an end to its money",
    document: SOUND,
    codes: ["promotion_without_budget"],
    promotions: [promotion({ multiplier: "200" })],
  },
  {
    name: "a promotion that adds an amount to what one rule pays",
    document: plan({ rules: [rates("share", "5", 1, { when: { amount_above: usd(100_000) } })] }),
    codes: ["promotion_without_budget"],
    promotions: [promotion({ rules: ["share"], add: usd(100) })],
  },
  {
    name: "a milestone beyond the limit",
    document: withRules(share, milestone({ every: 10 })),
    codes: ["unreachable_milestone"],
  },
  {
    name: "a list of milestones that ends beyond the limit",
    document: withRules(share, milestone({ at: [5, 8, 20] })),
    codes: ["unreachable_milestone"],
  },
  {
    name: "a share of rewards that nobody is granted",
    document: withRules(rates("share", "5"), {
      ...{ id: "above", rule: "percent_of_reward", on: "purchase", of: "share" },
      levels: [
        { level: 2, rate: "10" },
        { level: 3, rate: "10" },
      ],
    }),
    codes: ["reward_share_depth"],
  },
  {
    name: "tiers from the highest to the lowest",
    document: plan({ tiers: [gold, { id: "silver", name: "Silver", at_least: { qualified: 2 } }] }),
    codes: ["tier_order"],
  },
  {
    name: "two tiers for the same",
    document: plan({ tiers: [gold, { ...gold, id: "platinum", multiplier: "120" }] }),
    codes: ["tier_order"],
  },
  {
    name: "a tier that earns less than none",
    document: plan({ tiers: [{ ...gold, multiplier: "80" }] }),
    codes: ["tier_pays_less"],
  },
  {
    name: "a tier of points that nobody gets",
    document: plan({ tiers: [{ ...gold, at_least: { points: 100 } }] }),
    codes: ["unreachable_tier"],
  },
  {
    name: "a tier beyond the limit",
    document: plan({ tiers: [{ ...gold, at_least: { qualified: 50 } }] }),
    codes: ["unreachable_tier"],
  },
  {
    name: "a cap below the bonus",
    document: plan({ rules: [bonus(10_000, { when: { amount_above: usd(50_000) } })], ...CAPPED }),
    codes: ["cap_below_reward"],
  },
];
