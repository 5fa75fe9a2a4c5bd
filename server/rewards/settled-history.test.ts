import { describe, expect, test } from "vitest";
import type { ParticipantId } from "../participants/participant.ts";
import { RATE_ONE, type Rate } from "../primitives/rate.ts";
import { keptTogether } from "./counter.ts";
import { type Plan, parsePlan } from "./plan.ts";
import { type Promotion, readPromotion } from "./promotion.ts";
import { type HistoryFacts, SettledHistory, type Taken } from "./settled-history.ts";
import { UNPLACED } from "./settlement-facts.ts";

const RUPEES = "INR";
const money = (amount: number, currency = RUPEES) => ({ amount, currency });
const DAY = new Date("2026-03-10T12:00:00Z");

const fixed = (amount: number) => ({
  id: "share",
  rule: "fixed_amount",
  on: "purchase",
  levels: [{ level: 1, amount: money(amount) }],
});
const bonusAt = (...at: number[]) => ({
  id: "bonus",
  rule: "milestone_bonus",
  on: "qualified",
  at,
  pays: money(5_000),
});

function planOf(rules: object[], more: object = {}): Plan {
  return parsePlan({
    name: "A plan",
    currency: RUPEES,
    direct_limit: null,
    overflow: "reject",
    inactive_upline: "lapse",
    hold_days: 0,
    attribution_window_days: 30,
    composition: "all",
    rules,
    ...more,
  });
}

function historyOf(plan: Plan, promotions: Promotion[] = []) {
  const history = new SettledHistory(promotions, keptTogether([plan, ...promotions]));
  const factsOf = (buyer: ParticipantId): HistoryFacts => ({
    plan,
    planVersion: 1,
    conversion: {
      ...UNPLACED,
      participantId: buyer,
      kind: "purchase",
      amount: { minor: 100_000n, currency: RUPEES },
      profit: null,
      occurredAt: DAY,
    },
    defaultMargin: RATE_ONE as Rate,
    referral: "counts",
    referredAt: null,
    upline: [{ participantId: "par_a", level: 1, legParticipantId: buyer, status: "active" }],
    timeZone: "UTC",
  });
  return {
    history,
    buy: (key: string, buyer: ParticipantId) =>
      history
        .settle(key, factsOf(buyer))
        .settlement.grants.map(({ ruleId, amount }) => `${ruleId} ${amount.minor}`),
    value: (key: string) => history.counters.get(key) ?? 0n,
  };
}

const said = (taken: readonly Taken[]) =>
  taken.map(({ conversion, ruleId, amount }) => `${conversion} ${ruleId} ${amount.minor}`);

describe("a history", () => {
  test("fills a cap from one conversion to the next, and a refund frees it", () => {
    const cap = { id: "month", scope: "participant", period: "month", amount: money(2_500) };
    const { buy, value, history } = historyOf(planOf([fixed(1_000)], { caps: [cap] }));
    expect([buy("one", "par_b"), buy("two", "par_b"), buy("three", "par_b"), buy("four", "par_b")]).toEqual([
      ["share 1000"],
      ["share 1000"],
      ["share 500"],
      [],
    ]);
    expect(said(history.refund("one", 50_000n))).toEqual(["one share 500"]);
    expect(value("cap:month:par_a:2026-03")).toBe(2_000n);
    expect(buy("five", "par_b")).toEqual(["share 500"]);
  });

  test("keeps a cap used where the plan says so", () => {
    const cap = { id: "all", scope: "program", period: "ever", amount: money(1_000) };
    const plan = planOf([fixed(1_000)], { caps: [cap], on_refund: { caps: "keep", milestones: "keep" } });
    const { buy, history } = historyOf(plan);
    buy("one", "par_b");
    history.refund("one", 100_000n);
    expect(buy("two", "par_b")).toEqual([]);
  });

  test("spends the budget of a promotion once, and has again what a refund gives back", () => {
    const written = {
      name: "Double",
      starts_at: "2026-03-01T00:00:00",
      ends_at: "2026-04-01T00:00:00",
      multiplier: "200",
      budget: money(1_500),
    };
    const { buy, value, history } = historyOf(planOf([fixed(1_000)]), [
      readPromotion("pro_1", written, "UTC"),
    ]);
    expect([buy("one", "par_b"), buy("two", "par_b"), buy("three", "par_b")]).toEqual([
      ["share 2000"],
      ["share 1500"],
      ["share 1000"],
    ]);
    history.refund("one", 100_000n);
    expect(value("promotion:pro_1:spent")).toBe(500n);
  });

  test("grants again what a reversed chargeback leaves", () => {
    const { buy, history } = historyOf(planOf([fixed(999)]));
    buy("one", "par_b");
    expect(said(history.refund("one", 100_000n))).toEqual(["one share 999"]);
    expect(said(history.refund("one", 50_000n))).toEqual(["one share -500"]);
    expect(said(history.refund("one", 0n))).toEqual(["one share -499"]);
  });
});

describe("a milestone", () => {
  const rules = [fixed(1_000), bonusAt(2)];

  test("is reached once for each friend", () => {
    const { buy } = historyOf(planOf(rules));
    expect([buy("one", "par_b"), buy("two", "par_b"), buy("three", "par_c"), buy("four", "par_d")]).toEqual([
      ["share 1000"],
      ["share 1000"],
      ["share 1000", "bonus 5000"],
      ["share 1000"],
    ]);
  });

  test("goes back when it is no longer reached, and is paid when it is reached again", () => {
    const plan = planOf(rules, { on_refund: { caps: "give_back", milestones: "take_back" } });
    const { buy, value, history } = historyOf(plan);
    buy("one", "par_b");
    buy("two", "par_c");
    expect(said(history.refund("one", 99_999n))).toEqual(["one share 999"]);
    expect(said(history.refund("one", 100_000n))).toEqual(["one share 1", "two bonus 5000"]);
    expect(value("qualified:par_a")).toBe(1n);
    expect(buy("three", "par_b")).toEqual(["share 1000", "bonus 5000"]);
    expect(said(history.refund("two", 100_000n))).toEqual(["two share 1000", "three bonus 5000"]);
  });

  test("that went back is not granted again with its own chargeback", () => {
    const plan = planOf(rules, { on_refund: { caps: "give_back", milestones: "take_back" } });
    const { buy, history } = historyOf(plan);
    buy("one", "par_b");
    buy("two", "par_c");
    expect(said(history.refund("two", 100_000n))).toEqual(["two share 1000", "two bonus 5000"]);
    expect(said(history.refund("two", 0n))).toEqual(["two share -1000"]);
    expect(buy("three", "par_c")).toEqual(["share 1000", "bonus 5000"]);
  });

  test("that is still reached stays with whoever got it", () => {
    const more = { on_refund: { caps: "give_back", milestones: "take_back" } };
    const { buy, history } = historyOf(planOf([fixed(1_000), bonusAt(1, 2)], more));
    expect(buy("one", "par_b")).toEqual(["share 1000", "bonus 5000"]);
    buy("two", "par_c");
    expect(said(history.refund("two", 100_000n))).toEqual(["two share 1000", "two bonus 5000"]);
  });

  test("stays reached where the plan keeps it", () => {
    const { buy, value, history } = historyOf(planOf(rules));
    buy("one", "par_b");
    buy("two", "par_c");
    expect(said(history.refund("one", 100_000n))).toEqual(["one share 1000"]);
    expect(value("qualified:par_a")).toBe(2n);
    expect(buy("three", "par_b")).toEqual(["share 1000"]);
  });
});
