import { describe, expect, test } from "vitest";
import { RATE_ONE, type Rate } from "../primitives/rate.ts";
import { type KeptCounters, NO_COUNTERS } from "./counter.ts";
import { counterKeys } from "./counter-keys.ts";
import { type Plan, parsePlan } from "./plan.ts";
import { checkDocument } from "./plan-document.ts";
import { type PromotionDocument, promotedPlan, promotionProblems, readPromotion } from "./promotion.ts";
import { explain, messageOf, settle } from "./settlement.ts";
import { type SettlementFacts, UNCOUNTED, UNPLACED } from "./settlement-facts.ts";
import { SettlementTurn } from "./settlement-turn.ts";
import { countersOf } from "./tally.ts";
import type { UplineMember } from "./upline.ts";

const inr = (amount: number) => ({ amount, currency: "INR" });
const BONUS = {
  id: "bonus",
  rule: "fixed_amount",
  on: "purchase",
  levels: [{ level: 1, amount: inr(1_000) }],
};
const SHARE = { id: "share", rule: "percent_of_amount", on: "purchase", levels: [{ level: 1, rate: "5" }] };

function documentOf(rules: object[], changes: object): object {
  return {
    name: "Test",
    currency: "INR",
    direct_limit: null,
    overflow: "reject",
    inactive_upline: "lapse",
    hold_days: 14,
    attribution_window_days: 30,
    composition: "all",
    rules,
    ...changes,
  };
}

function planOf(rules: object[], changes: object = {}): Plan {
  return parsePlan(documentOf(rules, changes));
}

const member = (level: number, status: UplineMember["status"] = "active"): UplineMember => ({
  participantId: `par_${level}`,
  level,
  legParticipantId: `par_${level - 1}`,
  status,
});

type Change = Partial<Omit<SettlementFacts, "conversion" | "counters">> & {
  amount?: number;
  conversion?: Partial<SettlementFacts["conversion"]>;
  counters?: Record<string, bigint>;
};

function factsOf(
  plan: Plan,
  { amount = 10_000, conversion, counters = {}, ...change }: Change = {},
): SettlementFacts {
  return {
    ...UNCOUNTED,
    plan,
    planVersion: 1,
    defaultMargin: RATE_ONE as Rate,
    referral: "counts",
    upline: [member(1), member(2), member(3)],
    kept: plan.kept,
    ...change,
    counters: countersOf(Object.entries(counters)),
    conversion: {
      ...UNPLACED,
      participantId: "par_0",
      kind: "purchase",
      amount: { minor: BigInt(amount), currency: "INR" },
      profit: null,
      occurredAt: new Date("2026-12-02T10:00:00Z"),
      ...conversion,
    },
  };
}

const linesOf = (facts: SettlementFacts): string[] => {
  const { grants, passes } = settle(facts);
  return [
    ...grants.map(({ ruleId, level, amount }) => `${ruleId} ${level} ${amount.minor} ${amount.currency}`),
    ...passes.map(({ ruleId, level, reason }) => `${ruleId} ${level} ${reason}`),
  ];
};

const promotionOf = (plan: Plan, document: Partial<PromotionDocument>, id: `pro_${string}` = "pro_1") => {
  const whole = {
    name: "December",
    starts_at: "2026-12-01T00:00:00",
    ends_at: "2026-12-16T00:00:00",
    ...document,
  };
  expect(promotionProblems(whole, promotedPlan(plan), "Asia/Kolkata")).toEqual([]);
  return readPromotion(id, whole, "Asia/Kolkata");
};

describe("the friend who buys", () => {
  const plan = planOf([
    {
      ...BONUS,
      levels: [
        { level: 0, amount: inr(200) },
        { level: 1, amount: inr(300) },
      ],
    },
  ]);

  test("is level 0, beside the advocate", () => {
    expect(linesOf(factsOf(plan))).toEqual(
      ["bonus 0 200 INR", "bonus 1 300 INR", "bonus 2 no_rate_for_level", "bonus 3 no_rate_for_level"].slice(
        0,
        2,
      ),
    );
    expect(settle(factsOf(plan)).grants[0]).toMatchObject({ to: "par_0", legParticipantId: "par_0" });
  });

  test("gets nothing where nobody referred them", () => {
    expect(linesOf(factsOf(plan, { referral: "none", upline: [] }))).toEqual([
      "bonus 0 not_referred",
      "bonus 1 not_referred",
    ]);
  });
});

describe("a condition", () => {
  const only = (when: object, change: Change = {}) =>
    linesOf(
      factsOf(planOf([{ ...BONUS, when }]), { referredAt: new Date("2026-12-01T10:00:00Z"), ...change }),
    );
  const PAID = ["bonus 1 1000 INR"];

  test.each<[string, object, Change, Change, string]>([
    ["first only", { nth: { to: 1 } }, {}, { counters: { "nth:par_0:purchase": 1n } }, "not_nth"],
    ["days", { within_days: 1 }, {}, { referredAt: new Date("2026-12-01T09:59:59Z") }, "too_late"],
    [
      "country",
      { countries: ["IN"] },
      { conversion: { country: "IN" } },
      { conversion: { country: "US" } },
      "country_excluded",
    ],
    ["channel", { channels: ["mail"] }, { conversion: { channel: "mail" } }, {}, "channel_excluded"],
    [
      "product",
      { products: ["pro"] },
      { conversion: { product: "pro" } },
      { conversion: { product: "Pro" } },
      "product_excluded",
    ],
    ["segment", { segments: ["vip"] }, { conversion: { segment: "vip" } }, {}, "segment_excluded"],
    ["amount", { amount_above: inr(9_999) }, {}, { amount: 9_999 }, "below_minimum"],
  ])("on %s holds or is the reason", (_name, when, holds, fails, reason) => {
    expect(only(when, holds)).toEqual(PAID);
    expect(only(when, fails)).toEqual([`bonus 1 ${reason}`]);
  });

  test("on the tier is about the holder of the level", () => {
    const tiers = [{ id: "gold", name: "Gold", at_least: { qualified: 3 } }];
    const plan = planOf(
      [
        {
          ...BONUS,
          when: { tiers: ["gold"] },
          levels: [
            { level: 1, amount: inr(1) },
            { level: 2, amount: inr(2) },
          ],
        },
      ],
      { tiers },
    );
    expect(linesOf(factsOf(plan, { counters: { "qualified:par_2": 3n } }))).toEqual([
      "bonus 2 2 INR",
      "bonus 1 tier_not_reached",
    ]);
  });

  test("on activity holds back what the plan would keep", () => {
    const upline = [member(1, "inactive")];
    const changes = { inactive_upline: "hold", activity: { within_days: 30, by: ["purchase"] } };
    expect(settle(factsOf(planOf([BONUS], changes), { upline })).grants).toMatchObject([{ isHeld: true }]);
    const active = planOf([{ ...BONUS, when: { active: true } }], changes);
    expect(linesOf(factsOf(active, { upline }))).toEqual(["bonus 1 upline_inactive"]);
  });

  test("comes after the referral itself", () => {
    const early = { conversion: { occurredAt: new Date("2026-11-30T09:59:59Z") } };
    expect(only({ nth: { to: 1 } }, { ...early, counters: { "nth:par_0:purchase": 5n } })).toEqual([
      "bonus 1 before_referral",
    ]);
  });
});

describe("qualification", () => {
  const rules = [
    SHARE,
    {
      id: "tenth",
      rule: "milestone_bonus",
      on: "qualified",
      every: 2,
      pays: { amount: 50, currency: "PTS" },
    },
  ];

  test("is the first conversion that earns at level 1, and its number may be a milestone", () => {
    const facts = factsOf(planOf(rules), { counters: { "qualified:par_1": 1n } });
    expect(linesOf(facts)).toEqual(["share 1 500 INR", "tenth 1 50 PTS"]);
    expect(settle(facts)).toMatchObject({ qualifies: true, uses: [{ key: "qualified:par_1", amount: 1n }] });
    expect(settle(facts).grants[1]).toMatchObject({ rewardKind: "points", amount: { minor: 50n } });
  });

  test("happens once", () => {
    expect(linesOf(factsOf(planOf(rules), { isQualified: true }))).toContain("tenth 0 not_qualifying");
    expect(linesOf(factsOf(planOf(rules)))).toContain("tenth 1 no_milestone");
  });

  test("can be something of its own", () => {
    const plan = planOf(rules, { qualifies: { on: "purchase", when: { amount_above: inr(10_000) } } });
    expect(settle(factsOf(plan)).qualifies).toBe(false);
    expect(settle(factsOf(plan, { amount: 10_001 })).qualifies).toBe(true);
  });

  test("gives whoever stands in for the advocate no milestone", () => {
    const plan = planOf(rules, { inactive_upline: "compress" });
    const upline = [member(1, "suspended"), member(2)];
    const facts = factsOf(plan, { upline, counters: { "qualified:par_1": 1n } });
    expect(linesOf(facts)).toContain("tenth 1 no_milestone");
  });
});

describe("a share of a reward", () => {
  const rules = [
    SHARE,
    {
      id: "match",
      rule: "percent_of_reward",
      of: "share",
      on: "purchase",
      levels: [{ level: 2, rate: "10" }],
    },
  ];

  test("is of what the level below was granted in the end", () => {
    expect(linesOf(factsOf(planOf(rules), { amount: 9_999 }))).toEqual(
      expect.arrayContaining(["share 1 499 INR", "match 2 49 INR"]),
    );
    const caps = [{ id: "c", scope: "conversion", period: "conversion", amount: inr(100), rules: ["share"] }];
    expect(linesOf(factsOf(planOf(rules, { caps })))).toEqual(
      expect.arrayContaining(["share 1 100 INR", "match 2 10 INR"]),
    );
  });

  test("says when there is none", () => {
    const facts = factsOf(planOf(rules), { upline: [member(1, "suspended"), member(2)] });
    expect(linesOf(facts)).toContain("match 2 no_reward_below");
  });
});

describe("a promotion", () => {
  const plan = planOf([SHARE]);
  const facts = (document: Partial<PromotionDocument>, change: Change = {}) =>
    factsOf(plan, { ...change, promotions: [promotionOf(plan, document)] });

  test("multiplies and adds to the base, and rounds once", () => {
    expect(linesOf(facts({ multiplier: "250" }, { amount: 33 }))).toEqual(["share 1 4 INR"]);
    expect(linesOf(facts({ add: inr(7) }, { amount: 33 }))).toEqual(["share 1 8 INR"]);
  });

  test("is not for other rules, levels or people", () => {
    expect(linesOf(facts({ multiplier: "200", levels: [2] }))).toEqual(["share 1 500 INR"]);
    expect(linesOf(facts({ multiplier: "200", when: { countries: ["IN"] } }))).toEqual(["share 1 500 INR"]);
  });

  test("stops at its budget, to the smallest coin", () => {
    const budget = inr(600);
    const spent = { "promotion:pro_1:spent": 400n };
    const found = settle(facts({ multiplier: "200", budget }, { counters: spent }));
    expect(found.grants).toMatchObject([
      { amount: { minor: 700n }, uses: [{ key: "promotion:pro_1:spent", amount: 200n }] },
    ]);
    expect(
      linesOf(facts({ multiplier: "200", budget }, { counters: { "promotion:pro_1:spent": 600n } })),
    ).toEqual(["share 1 500 INR"]);
  });

  test("is for the first who come, and whoever is among them stays", () => {
    const full = { "promotion:pro_1:advocates": 2n };
    const document = { multiplier: "200", advocates_max: 2 };
    expect(linesOf(facts(document))).toEqual(["share 1 1000 INR"]);
    expect(linesOf(facts(document, { counters: full }))).toEqual(["share 1 500 INR"]);
    const among = { ...full, "promotion:pro_1:advocate:par_1": 1n };
    expect(linesOf(facts(document, { counters: among }))).toEqual(["share 1 1000 INR"]);
  });

  test("is explained with what it adds", () => {
    const asked = facts({ multiplier: "200" });
    const [grant] = settle(asked).grants;
    expect(grant && explain(grant, asked).arithmetic).toEqual([
      "5 % of ₹100.00 amount = ₹5.00",
      'The promotion "December" adds ₹5.00',
      "In all ₹10.00",
    ]);
  });

  test("must add something to a plan that knows what it names", () => {
    const problems = (document: object) =>
      promotionProblems(
        { name: "X", starts_at: "2026-12-02T00:00:00", ends_at: "2026-12-01T00:00:00", ...document },
        promotedPlan(plan),
        "Asia/Kolkata",
      ).map(({ pointer, code }) => `${pointer} ${code}`);
    expect(problems({ rules: ["other"], multiplier: "100", budget: { amount: 0, currency: "USD" } })).toEqual(
      [
        "/ends_at ends_before_start",
        "/rules/0 unknown_rule",
        "/multiplier too_small",
        "/budget/amount too_small",
        "/budget/currency wrong_currency",
      ],
    );
  });
});

describe("a tier", () => {
  const tiers = [
    { id: "silver", name: "Silver", at_least: { points: 10 }, multiplier: "110" },
    { id: "gold", name: "Gold", at_least: { points: 100, qualified: 2 }, multiplier: "150" },
  ];

  test("multiplies what its holder earns, as of before the conversion", () => {
    const plan = planOf([SHARE], { tiers });
    expect(linesOf(factsOf(plan, { counters: { "points:par_1": 100n } }))).toEqual(["share 1 550 INR"]);
    const gold = { "points:par_1": 100n, "qualified:par_1": 2n };
    expect(linesOf(factsOf(plan, { counters: gold }))).toEqual(["share 1 750 INR"]);
  });

  test("may have a rate of its own, and multiplies what a promotion adds", () => {
    const plan = planOf([{ ...SHARE, levels: [{ level: 1, rate: "5", by_tier: { silver: "10" } }] }], {
      tiers,
    });
    const promotions = [promotionOf(plan, { multiplier: "200" })];
    expect(linesOf(factsOf(plan, { counters: { "points:par_1": 10n }, promotions }))).toEqual([
      "share 1 2200 INR",
    ]);
  });
});

describe("a cap", () => {
  const capped = (cap: object, change: Change = {}) =>
    factsOf(planOf([SHARE], { caps: [{ id: "c", amount: inr(600), ...cap }] }), {
      timeZone: "Asia/Kolkata",
      ...change,
    });

  test.each([
    ["participant", "month", "cap:c:par_1:2026-12"],
    ["participant", "day", "cap:c:par_1:2026-12-02"],
    ["participant", "week", "cap:c:par_1:week-2026-11-30"],
    ["program", "year", "cap:c::2026"],
    ["program", "ever", "cap:c::ever"],
  ])("of a %s and %s counts under %s", (scope, period, key) => {
    const facts = capped({ scope, period }, { counters: { [key]: 200n } });
    expect(settle(facts)).toMatchObject({
      grants: [{ amount: { minor: 400n } }],
      uses: [{ key, amount: 400n }],
    });
    expect(counterKeys(facts)).toContain(key);
    expect(linesOf(capped({ scope, period }, { counters: { [key]: 600n } }))).toEqual([
      "share 1 cap_reached",
    ]);
  });

  test("of one conversion is shared by all its grants and remembered by nobody", () => {
    const rules = [
      {
        ...SHARE,
        levels: [
          { level: 1, rate: "5" },
          { level: 2, rate: "5" },
        ],
      },
    ];
    const plan = planOf(rules, {
      caps: [{ id: "c", scope: "conversion", period: "conversion", amount: inr(600) }],
    });
    expect(linesOf(factsOf(plan))).toEqual(["share 1 500 INR", "share 2 100 INR"]);
    expect(settle(factsOf(plan)).uses).toEqual([]);
  });
});

test("a plan that counts nothing asks for no counter", () => {
  expect(counterKeys(factsOf(planOf([SHARE])))).toEqual([]);
});

test("whatever is asked for or used is among the keys that are named beforehand", () => {
  const plan = planOf(
    [SHARE, { id: "p", rule: "points", on: "purchase", levels: [{ level: 0, points: 3 }] }],
    {
      tiers: [{ id: "t", name: "T", at_least: { points: 1, qualified: 1 } }],
      caps: [{ id: "c", scope: "participant", period: "day", amount: { amount: 2, currency: "PTS" } }],
    },
  );
  const kept: KeptCounters = { nth: true, qualified: true, points: true };
  const promotions = [promotionOf(plan, { multiplier: "200", budget: inr(1), advocates_max: 1 })];
  const facts = factsOf(plan, { kept, promotions });
  const known = new Set(counterKeys(facts));
  const asked = settle({
    ...facts,
    counters: {
      get(key) {
        expect(known).toContain(key);
        return NO_COUNTERS.get(key);
      },
    },
  });
  expect(asked.uses.length).toBeGreaterThan(4);
  for (const { key } of asked.uses) expect(known).toContain(key);
});

test.each<[string, object[], object, string]>([
  ["an unknown tier", [{ ...BONUS, when: { tiers: ["gold"] } }], {}, "/rules/0/when/tiers/0 unknown_tier"],
  [
    "an unknown rule in a cap",
    [BONUS],
    { caps: [{ id: "c", scope: "program", period: "ever", amount: inr(1), rules: ["x"] }] },
    "/caps/0/rules/0 unknown_rule",
  ],
  [
    "a share of nothing",
    [{ id: "m", rule: "percent_of_reward", of: "x", on: "purchase", levels: [{ level: 2, rate: "1" }] }],
    {},
    "/rules/0/of unknown_rule",
  ],
  [
    "a milestone on purchases",
    [{ id: "m", rule: "milestone_bonus", on: "purchase", every: 2, pays: inr(1) }],
    {},
    "/rules/0/on wrong_trigger",
  ],
  ["a share for qualifying", [{ ...SHARE, on: "qualified" }], {}, "/rules/0/on no_basis"],
  ["qualifying by qualifying", [BONUS], { qualifies: { on: "qualified" } }, "/qualifies/on circular"],
  [
    "credit in rupees",
    [{ id: "c", rule: "credit", on: "purchase", levels: [{ level: 1, amount: inr(5) }] }],
    {},
    "/rules/0/levels/0/amount/currency wrong_currency",
  ],
])("%s is refused at its place", (_name, rules, changes, problem) => {
  const { problems } = checkDocument(documentOf(rules, changes));
  expect(problems.map(({ pointer, code }) => `${pointer} ${code}`)).toContain(problem);
});

describe("conversions that are settled in one turn", () => {
  test("are each explained by the counters they found", () => {
    const cap = { id: "all", scope: "program", period: "ever", amount: inr(1_000) };
    const rules = [SHARE, { ...BONUS, levels: [{ level: 1, amount: inr(100) }] }];
    const plan = planOf(rules, { composition: "best", caps: [{ ...cap, rules: ["share"] }] });
    const turn = new SettlementTurn(new Map(), new Set());
    const settled = [1, 2].map(() => turn.settle(factsOf(plan, { amount: 20_000 })));
    expect(
      settled.map(({ facts, settlement: { passes } }) => passes.map((pass) => messageOf(pass, facts))[0]),
    ).toEqual(['Rule "share" pays level 1 instead: ₹10.00.', "Another rule pays level 1 instead."]);
  });

  test("are told in the words of their whole explanation", () => {
    const facts = factsOf(planOf([SHARE, BONUS], { composition: "best" }), { amount: 100_000 });
    const { passes } = settle(facts);
    expect(passes).not.toHaveLength(0);
    for (const pass of passes) expect(messageOf(pass, facts)).toBe(explain(pass, facts).message);
  });
});
