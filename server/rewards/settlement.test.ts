import { describe, expect, test } from "vitest";
import { parsePercent, RATE_ONE, type Rate } from "../primitives/rate.ts";
import { type Plan, parsePlan } from "./plan.ts";
import { explain, settle } from "./settlement.ts";
import { type SettlementFacts, UNCOUNTED, UNPLACED } from "./settlement-facts.ts";
import { twoLevel } from "./templates/two-level.ts";
import type { UplineMember } from "./upline.ts";

const rupees = (paise: number) => ({ minor: BigInt(paise), currency: "INR" });

const member = (level: number, status: UplineMember["status"] = "active"): UplineMember => ({
  participantId: `par_${level}`,
  level,
  legParticipantId: `par_${level - 1}`,
  status,
});

type Change = Partial<Omit<SettlementFacts, "conversion">> & {
  amount?: number;
  profit?: number | null;
  kind?: string;
};

/** A purchase of 2000.00 with profit 400.00 under the two-level template, with two active levels above. */
function purchase({
  amount = 200_000,
  profit = 40_000,
  kind = "purchase",
  ...facts
}: Change = {}): SettlementFacts {
  return {
    ...UNCOUNTED,
    plan: parsePlan(twoLevel.document("INR")),
    planVersion: 3,
    conversion: {
      ...UNPLACED,
      participantId: "par_0",
      kind,
      amount: rupees(amount),
      profit: profit === null ? null : rupees(profit),
      occurredAt: new Date("2026-12-01T10:00:00Z"),
    },
    defaultMargin: RATE_ONE as Rate,
    referral: "counts",
    upline: [member(1), member(2)],
    ...facts,
  };
}

type Entry = Record<string, unknown>;
const share = (id: string, ...rates: string[]): Entry => ({
  id,
  rule: "percent_of_profit",
  on: "purchase",
  levels: rates.map((rate, index) => ({ level: index + 1, rate })),
});

function planOf(rules: Entry[], changes: Record<string, unknown> = {}): Plan {
  return parsePlan({ ...(twoLevel.document("INR") as object), examples: [], rules, ...changes });
}

const paid = (facts: SettlementFacts) =>
  settle(facts).grants.map(({ ruleId, level, to, amount }) => `${ruleId} ${level} ${to} ${amount.minor}`);
const passed = (facts: SettlementFacts) =>
  settle(facts).passes.map(
    ({ ruleId, level, participantId, reason }) => `${ruleId} ${level} ${participantId} ${reason}`,
  );
const sentences = (facts: SettlementFacts) => {
  const { grants, passes } = settle(facts);
  return [...grants, ...passes].map((verdict) => explain(verdict, facts).message);
};

describe("the two-level template", () => {
  test("pays level one five percent and level two one percent of the profit", () => {
    expect(settle(purchase()).grants).toEqual([
      {
        kind: "grant",
        ruleId: "level-share",
        to: "par_1",
        level: 1,
        legParticipantId: "par_0",
        rewardKind: "commission",
        isHeld: false,
        uses: [],
        amount: rupees(2_000),
      },
      {
        kind: "grant",
        ruleId: "level-share",
        to: "par_2",
        level: 2,
        legParticipantId: "par_1",
        rewardKind: "commission",
        isHeld: false,
        uses: [],
        amount: rupees(400),
      },
    ]);
    expect(settle(purchase()).passes).toEqual([]);
  });

  test.each([
    [99_999, []],
    [100_000, []],
    [100_001, ["level-share 1 par_1 2000", "level-share 2 par_2 400"]],
  ])("for a purchase of %i paise pays %j", (amount, grants) => {
    expect(paid(purchase({ amount }))).toEqual(grants);
  });

  test("says at every level that an order of exactly the minimum does not earn", () => {
    const facts = purchase({ amount: 100_000 });
    expect(passed(facts)).toEqual(["level-share 1 par_1 below_minimum", "level-share 2 par_2 below_minimum"]);
    expect(sentences(facts)[0]).toBe("₹1,000.00 is not over ₹1,000.00, so this order does not earn.");
  });

  test("compares the gross amount, not the profit", () => {
    expect(paid(purchase({ amount: 100_001, profit: 100 }))).toEqual([
      "level-share 1 par_1 5",
      "level-share 2 par_2 1",
    ]);
  });

  test("rounds each reward down by itself", () => {
    expect(paid(purchase({ profit: 39_999 }))).toEqual([
      "level-share 1 par_1 1999",
      "level-share 2 par_2 399",
    ]);
  });

  test("passes with a reason where the share is less than the smallest coin", () => {
    const facts = purchase({ profit: 40 });
    expect(paid(facts)).toEqual(["level-share 1 par_1 2"]);
    expect(passed(facts)).toEqual(["level-share 2 par_2 rounds_to_zero"]);
    expect(explain({ ...settle(facts).passes[0] } as never, facts).arithmetic).toEqual([
      "1 % of ₹0.40 profit = ₹0.004, rounded down to ₹0.00",
    ]);
  });

  test.each([0, -500])("shares nothing of a profit of %i", (profit) => {
    const facts = purchase({ profit });
    expect(passed(facts)).toEqual(["level-share 1 par_1 no_profit", "level-share 2 par_2 no_profit"]);
  });

  test("says that nobody stands at a level", () => {
    const facts = purchase({ upline: [member(1)] });
    expect(passed(facts)).toEqual(["level-share 2 null no_upline_at_level"]);
    expect(sentences(facts)).toContain("Nobody stands at level 2, so its share is not paid.");
  });

  test("pays nobody for a participant who was not referred", () => {
    const facts = purchase({ referral: "none", upline: [] });
    expect(passed(facts)).toEqual(["level-share 1 null not_referred", "level-share 2 null not_referred"]);
  });

  test("pays nobody through a referral beyond the direct limit", () => {
    expect(passed(purchase({ referral: "no_reward" }))).toEqual([
      "level-share 1 par_1 over_direct_limit",
      "level-share 2 par_2 over_direct_limit",
    ]);
    expect(passed(purchase({ upline: [member(1), member(2, "over_limit")] }))).toEqual([
      "level-share 2 par_2 over_direct_limit",
    ]);
  });

  test("never rewards the buyer, should the buyer stand in the own upline", () => {
    const self = { ...member(1), participantId: "par_0" as const };
    expect(passed(purchase({ upline: [self, member(2)] }))).toEqual(["level-share 1 par_0 own_conversion"]);
  });

  test("does not concern a sign-up", () => {
    const facts = purchase({ kind: "signup", amount: 0, profit: null });
    expect(passed(facts)).toEqual(["level-share 0 null trigger_mismatch"]);
    expect(sentences(facts)).toEqual(['Rule "level-share" pays for a purchase; this was a sign-up.']);
  });
});

describe("the profit", () => {
  test("is the default margin of the amount where none was sent, and the trace says so", () => {
    const facts = purchase({ profit: null, defaultMargin: parsePercent("20") as Rate });
    expect(settle(facts)).toMatchObject({ profit: rupees(40_000), profitSource: "default_margin" });
    const [grant] = settle(facts).grants;
    expect(grant && explain(grant, facts)).toEqual({
      message: "5 % of ₹400.00 profit = ₹20.00",
      arithmetic: [
        "No profit was sent, so the program's default margin counts: 20 % of ₹2,000.00 = ₹400.00 profit",
        "5 % of ₹400.00 profit = ₹20.00",
      ],
      inputs: {
        basis: "profit",
        basis_amount: 40_000,
        currency: "INR",
        rate: "5",
        profit_source: "default_margin",
        level: 1,
        distance: 1,
        plan_version: 3,
      },
    });
  });

  test("in another currency than the plan's never gets this far", () => {
    const facts = purchase();
    facts.conversion.profit = { minor: 1n, currency: "USD" };
    expect(() => settle(facts)).toThrow("A conversion in USD reached a plan in INR.");
  });
});

describe("a suspended upline", () => {
  const upline = [member(1, "suspended"), member(2), member(3)];

  test("lapses its share, and nobody moves up", () => {
    const facts = purchase({ upline });
    expect(paid(facts)).toEqual(["level-share 2 par_2 400"]);
    expect(passed(facts)).toEqual(["level-share 1 par_1 upline_inactive"]);
    expect(sentences(facts)).toContain(
      "The participant at level 1 is suspended, so the share of level 1 lapses.",
    );
  });

  test("is stepped over where the plan compresses, and both sides say so", () => {
    const facts = purchase({
      plan: planOf([share("level-share", "5", "1")], { inactive_upline: "compress" }),
      upline,
    });
    expect(paid(facts)).toEqual(["level-share 1 par_2 2000", "level-share 2 par_3 400"]);
    expect(passed(facts)).toEqual(["level-share 1 par_1 upline_inactive"]);
    expect(sentences(facts)).toContain(
      "The participant at level 1 is suspended, so the share passes up to the next active one.",
    );
    const [first] = settle(facts).grants;
    expect(first && explain(first, facts).arithmetic).toEqual([
      "5 % of ₹400.00 profit = ₹20.00",
      "The share of level 1 passed up over one suspended participant to the participant at distance 2",
    ]);
  });

  test("may be stepped over further than the plan's deepest level", () => {
    const plan = planOf([share("one", "5")], { inactive_upline: "compress" });
    const facts = purchase({
      plan,
      upline: [1, 2, 3].map((level) => member(level, "suspended")).concat(member(4)),
    });
    expect(paid(facts)).toEqual(["one 1 par_4 2000"]);
    expect(passed(facts)).toEqual([1, 2, 3].map((level) => `one ${level} par_${level} upline_inactive`));
  });
});

describe("several rules", () => {
  const points = { id: "points", rule: "points", on: "purchase", levels: [{ level: 1, points: 10 }] };
  const fixed = {
    id: "fixed",
    rule: "fixed_amount",
    on: "purchase",
    levels: [{ level: 1, amount: { amount: 3_000, currency: "INR" } }],
  };
  const ofAmount = {
    id: "of-amount",
    rule: "percent_of_amount",
    on: "purchase",
    when: { amount_above: { amount: 150_000, currency: "INR" } },
    levels: [{ level: 2, rate: "0.25" }],
  };
  const entries = [share("of-profit", "5", "1"), fixed, ofAmount, points];

  test("all pay where all combine", () => {
    const facts = purchase({ plan: planOf(entries) });
    expect(paid(facts)).toEqual([
      "of-profit 1 par_1 2000",
      "of-profit 2 par_2 400",
      "fixed 1 par_1 3000",
      "of-amount 2 par_2 500",
      "points 1 par_1 10",
    ]);
    expect(settle(facts).grants.map(({ rewardKind }) => rewardKind)).toEqual([
      "commission",
      "commission",
      "bonus",
      "commission",
      "points",
    ]);
    expect(passed(facts)).toEqual([
      "fixed 2 par_2 no_rate_for_level",
      "of-amount 1 par_1 no_rate_for_level",
      "points 2 par_2 no_rate_for_level",
    ]);
  });

  test("leave each level to the first that grants, and points beside money", () => {
    const facts = purchase({ plan: planOf(entries, { composition: "first" }) });
    expect(paid(facts)).toEqual(["of-profit 1 par_1 2000", "of-profit 2 par_2 400", "points 1 par_1 10"]);
    expect(passed(facts)).toContain("fixed 1 par_1 other_rule_won");
    expect(sentences(facts)).toContain('Rule "of-profit" pays level 1 instead: ₹20.00.');
  });

  test("leave each level to the one that grants most", () => {
    const facts = purchase({ plan: planOf(entries, { composition: "best" }) });
    expect(paid(facts)).toEqual(["fixed 1 par_1 3000", "of-amount 2 par_2 500", "points 1 par_1 10"]);
    expect(passed(facts)).toContain("of-profit 1 par_1 other_rule_won");
  });

  test("let the next rule win where the first does not apply", () => {
    const facts = purchase({
      plan: planOf([ofAmount, share("rest", "5", "1")], { composition: "first" }),
      amount: 150_000,
    });
    expect(paid(facts)).toEqual(["rest 1 par_1 2000", "rest 2 par_2 400"]);
  });

  test("let the earlier one win a tie for the most", () => {
    const plan = planOf([share("one", "5"), share("two", "5")], { composition: "best" });
    expect(paid(purchase({ plan }))).toEqual(["one 1 par_1 2000"]);
  });

  test("pay sixteen levels where a plan has them", () => {
    const upline = Array.from({ length: 16 }, (_, index) => member(index + 1));
    const plan = planOf([share("deep", ...upline.map(() => "6.25"))]);
    expect(paid(purchase({ plan, upline }))).toEqual(
      upline.map(({ level }) => `deep ${level} par_${level} 2500`),
    );
  });

  test("leave out levels in between, and say so to whoever stands there", () => {
    const levels = [
      { level: 3, rate: "1" },
      { level: 1, rate: "5" },
    ];
    const facts = purchase({
      plan: planOf([{ ...share("gap"), levels }]),
      upline: [member(1), member(2), member(3)],
    });
    expect(paid(facts)).toEqual(["gap 1 par_1 2000", "gap 3 par_3 400"]);
    expect(passed(facts)).toEqual(["gap 2 par_2 no_rate_for_level"]);
  });
});
