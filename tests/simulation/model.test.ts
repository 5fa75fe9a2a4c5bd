import { describe, expect, test } from "vitest";
import type { Conversion, Person, PlainPlan, PlainPromotion, PlainRule, World } from "./facts.ts";
import { Model } from "./model.ts";

/** The model against sums done by hand from docs/guides/plans.md: who checks must be checked first. */

const DAY_MS = 86_400_000;
const REFERRED_AT = Date.UTC(2026, 2, 2, 12);
const inr = (amount: number) => ({ amount, currency: "INR" });

const shares: PlainRule = {
  id: "share",
  rule: "percent_of_profit",
  on: "purchase",
  levels: [
    { level: 1, rate: "5" },
    { level: 2, rate: "1" },
  ],
};

/** Ann referred Ben, Ben referred Cem and Cleo, Cem referred Dot. */
function worldOf(plan: Partial<PlainPlan>, promotions: PlainPromotion["document"][] = []): World {
  const person = (id: string, advocate: string | null): Person => {
    return {
      id,
      advocate,
      referral: "counts",
      referredAt: REFERRED_AT,
      country: "IN",
      channel: null,
      segment: null,
    };
  };
  return {
    plan: {
      name: "By hand",
      currency: "INR",
      direct_limit: null,
      overflow: "no_reward",
      inactive_upline: "lapse",
      hold_days: 14,
      attribution_window_days: 30,
      composition: "all",
      rules: [shares],
      ...plan,
    },
    promotions: promotions.map((document, index) => ({ id: `pro_${index}`, document })),
    people: [
      person("ann", null),
      person("ben", "ann"),
      person("cem", "ben"),
      person("cleo", "ben"),
      person("dot", "cem"),
    ],
    timeZone: "Asia/Kolkata",
    margin: "20",
  };
}

function setting(plan: Partial<PlainPlan> = {}, promotions: PlainPromotion["document"][] = []) {
  const model = new Model(worldOf(plan, promotions));
  let id = 0;
  const buy = (buyer: string, amount: number, more: Partial<Conversion> = {}) => {
    const conversion: Conversion = {
      id: id++,
      buyer,
      kind: "purchase",
      amount: BigInt(amount),
      profit: null,
      occurredAt: REFERRED_AT + DAY_MS,
      product: null,
      ...more,
    };
    return { conversion, ...model.settle(conversion) };
  };
  return { model, buy, paid: (...given: Parameters<typeof buy>) => paidIn(buy(...given).lines) };
}

const paidIn = (lines: string[]) => lines.filter((line) => line.includes(" pays "));

describe("the model, by hand", () => {
  test("pays 20.00 and 4.00 of a purchase of 2000.00 with profit 400.00", () => {
    expect(setting().paid("dot", 200_000, { profit: 40_000n })).toEqual([
      "share level 1 pays cem 2000 INR",
      "share level 2 pays ben 400 INR",
    ]);
  });

  test("rounds down once: 5 % of 20 % of 99 is 0.95, and nothing of 0.95 is paid", () => {
    expect(setting().buy("dot", 99).lines).toEqual([
      "share level 1 passes cem: rounds_to_zero",
      "share level 2 passes ben: rounds_to_zero",
    ]);
  });

  test("says why a level gets nothing", () => {
    const { model, buy } = setting();
    model.setStatus("ann", "suspended");
    expect(buy("cem", 10_000).lines).toEqual([
      "share level 1 pays ben 100 INR",
      "share level 2 passes ann: upline_inactive",
    ]);
    expect(buy("ben", 10_000).lines).toEqual([
      "share level 1 passes ann: upline_inactive",
      "share level 2 passes nobody: no_upline_at_level",
    ]);
    expect(buy("ann", 10_000).lines).toEqual([
      "share level 1 passes nobody: not_referred",
      "share level 2 passes nobody: not_referred",
    ]);
    expect(buy("dot", 10_000, { kind: "renewal" }).lines).toEqual([
      "share level 0 passes nobody: trigger_mismatch",
    ]);
  });

  test("compresses, holds", () => {
    const compressing = setting({ inactive_upline: "compress" });
    compressing.model.setStatus("cem", "inactive");
    expect(compressing.buy("dot", 10_000).lines).toEqual([
      "share level 1 passes cem: upline_inactive",
      "share level 1 pays ben 100 INR",
      "share level 2 pays ann 20 INR",
    ]);
    const holding = setting({ inactive_upline: "hold" });
    holding.model.setStatus("cem", "inactive");
    holding.model.setStatus("ben", "erased");
    expect(holding.buy("dot", 10_000).lines).toEqual([
      "share level 1 pays cem 100 INR held",
      "share level 2 passes ben: upline_inactive",
    ]);
  });

  test("composes: of 40 and 50 best pays 50, first pays 40", () => {
    const rules: PlainRule[] = [40, 50].map((amount) => ({
      id: `bonus-${amount}`,
      rule: "fixed_amount",
      on: "purchase",
      levels: [{ level: 1, amount: inr(amount) }],
    }));
    expect(setting({ rules, composition: "best" }).paid("ben", 100)).toEqual([
      "bonus-50 level 1 pays ann 50 INR",
    ]);
    expect(setting({ rules, composition: "first" }).paid("ben", 100)).toEqual([
      "bonus-40 level 1 pays ann 40 INR",
    ]);
  });

  test("conditions hold strictly above, for the first, and within so many times 24 hours", () => {
    const rule = (when: PlainRule["when"]): Partial<PlainPlan> => ({
      rules: [{ ...shares, when: when ?? {} }],
    });
    expect(setting(rule({ amount_above: inr(100_000) })).buy("ben", 100_000).lines[0]).toMatch(
      /below_minimum/,
    );
    expect(setting(rule({ amount_above: inr(100_000) })).paid("ben", 100_001)).toHaveLength(1);
    const first = setting(rule({ nth: { to: 1 } }));
    expect(first.paid("ben", 10_000)).toHaveLength(1);
    expect(first.buy("ben", 10_000).lines[0]).toMatch(/not_nth/);
    const soon = setting(rule({ within_days: 7 }));
    expect(soon.paid("ben", 10_000, { occurredAt: REFERRED_AT + 7 * DAY_MS })).toHaveLength(1);
    expect(soon.buy("ben", 10_000, { occurredAt: REFERRED_AT + 7 * DAY_MS + 1 }).lines[0]).toMatch(
      /too_late/,
    );
    expect(soon.paid("ben", 10_000, { occurredAt: REFERRED_AT - DAY_MS })).toHaveLength(1);
    expect(soon.buy("ben", 10_000, { occurredAt: REFERRED_AT - DAY_MS - 1 }).lines[0]).toMatch(
      /before_referral/,
    );
  });

  test("cuts to what is left of a cap, by month in the program's time zone, and gives back what refunds free", () => {
    const { model, buy, paid } = setting({
      caps: [{ id: "monthly", scope: "participant", period: "month", amount: inr(150) }],
    });
    // 31 March 18:29:59.999 UTC is still March in India, a millisecond later it is April.
    const march = Date.UTC(2026, 2, 31, 18, 29, 59, 999);
    const { conversion } = buy("ben", 10_000, { occurredAt: march });
    expect(paid("ben", 10_000, { occurredAt: march })).toEqual(["share level 1 pays ann 50 INR"]);
    expect(buy("ben", 10_000, { occurredAt: march }).lines[0]).toMatch(/cap_reached/);
    expect(paid("ben", 10_000, { occurredAt: march + 1 })).toEqual(["share level 1 pays ann 100 INR"]);
    model.refund(conversion, 3_000n);
    expect(paid("ben", 10_000, { occurredAt: march })).toEqual(["share level 1 pays ann 30 INR"]);
  });

  test("multiplies by the tier from before, doubles by a promotion within its budget", () => {
    const { model, paid } = setting(
      { tiers: [{ id: "gold", name: "Gold", at_least: { qualified: 1 }, multiplier: "150" }] },
      [
        {
          name: "Double",
          starts_at: "2026-03-03T00:00:00",
          ends_at: "2026-03-05T00:00:00",
          multiplier: "200",
          budget: inr(260),
        },
      ],
    );
    // Not gold yet: 100 for Ben and 20 for Ann, each doubled; 120 of the budget is spent.
    expect(paid("cem", 10_000)[0]).toBe("share level 1 pays ben 200 INR");
    // Gold by then: (100 + 100) × 1.5, but of the promotion's 150 only 140 are left.
    expect(paid("cleo", 10_000)).toEqual(["share level 1 pays ben 290 INR", "share level 2 pays ann 20 INR"]);
    expect(model.books.spentBy("pro_0")).toBe(260n);
    expect(paid("cleo", 10_000)[0]).toBe("share level 1 pays ben 150 INR");
  });

  test("promotes until the clocks of the time zone show the end, which is not included", () => {
    const { paid } = setting({}, [
      {
        name: "Add",
        starts_at: "2026-03-03T00:00:00",
        ends_at: "2026-03-05T00:00:00",
        add: inr(7),
        advocates_max: 1,
      },
    ]);
    const end = Date.UTC(2026, 2, 4, 18, 30);
    expect(paid("ben", 10_000, { occurredAt: end - 1 })).toEqual(["share level 1 pays ann 107 INR"]);
    expect(paid("ben", 10_000, { occurredAt: end })).toEqual(["share level 1 pays ann 100 INR"]);
    // Ann is the one person; for Ben nothing is added.
    expect(paid("cem", 10_000)).toEqual(["share level 1 pays ben 100 INR", "share level 2 pays ann 27 INR"]);
  });

  test("pays milestones and a share of what the level below was granted", () => {
    const rules: PlainRule[] = [
      shares,
      {
        id: "match",
        rule: "percent_of_reward",
        on: "purchase",
        of: "share",
        levels: [{ level: 2, rate: "10" }],
      },
      {
        id: "second",
        rule: "milestone_bonus",
        on: "qualified",
        at: [2],
        pays: { amount: 7, currency: "PTS" },
      },
    ];
    const { model, buy, paid } = setting({ rules, on_refund: { milestones: "take_back" } });
    expect(paid("cem", 100_000)).toEqual([
      "match level 2 pays ann 100 INR",
      "share level 1 pays ben 1000 INR",
      "share level 2 pays ann 200 INR",
    ]);
    const { conversion, lines } = buy("cleo", 100_000);
    expect(lines).toContain("second level 1 pays ben 7 PTS");
    expect(model.books.qualifiedOf("ben")).toBe(2);
    model.refund(conversion, 100_000n);
    expect(model.books.qualifiedOf("ben")).toBe(1);
    expect(model.books.pointsOf("ben")).toBe(0n);
    expect(paid("cleo", 100_000)).toContain("second level 1 pays ben 7 PTS");
  });

  test("takes back floor(earned × refunded ÷ amount) in any parts, and gives back what a bank returns", () => {
    const { model, buy } = setting();
    const { conversion } = buy("ben", 30_000);
    expect(model.refund(conversion, 10_001n)).toEqual(["conversion 0 share level 1 takes 100 INR from ann"]);
    expect(model.refund(conversion, 19_999n)).toEqual(["conversion 0 share level 1 takes 200 INR from ann"]);
    expect(model.refund(conversion, -19_999n)).toEqual([
      "conversion 0 share level 1 takes -200 INR from ann",
    ]);
    expect(model.books.balances()).toEqual(new Map([["ann INR", 200n]]));
  });
});
