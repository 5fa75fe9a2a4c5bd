import { describe, expect, test } from "vitest";
import { type FieldProblem, Refusal } from "../primitives/refusal.ts";
import { isBoundedByProfit, parsePlan, planHash, uplineDepth } from "./plan.ts";
import { planTemplates } from "./templates/index.ts";
import { twoLevel } from "./templates/two-level.ts";

/** The two-level template with the values at some JSON pointers replaced; undefined removes the key. */
function edited(changes: Record<string, unknown>): unknown {
  const document = JSON.parse(JSON.stringify(twoLevel.document("INR")));
  for (const [pointer, value] of Object.entries(changes)) {
    const path = pointer.slice(1).split("/");
    const key = path.pop() ?? "";
    const place = path.reduce((inner, step) => inner[step], document);
    if (value === undefined) delete place[key];
    else place[key] = value;
  }
  return document;
}

function problemsOf(document: unknown): FieldProblem[] {
  try {
    parsePlan(document);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    expect(error.code).toBe("invalid_plan");
    return error.details.errors ?? [];
  }
  return [];
}

const found = (document: unknown) => problemsOf(document).map(({ pointer, code }) => `${pointer} ${code}`);

describe("a plan that can be used", () => {
  test.each(planTemplates.map((template) => [template.name, template]))(
    "is the template %s",
    (_name, template) => {
      for (const currency of ["INR", "USD", "JPY", "KWD"])
        expect(found(template.document(currency))).toEqual([]);
    },
  );

  test("is read into terms to settle with", () => {
    const plan = parsePlan(twoLevel.document("INR"));
    expect(plan).toMatchObject({
      name: "Two levels",
      currency: "INR",
      directLimit: 8,
      overflow: "reject",
      inactiveUpline: "lapse",
      holdDays: 14,
      attributionWindowDays: 30,
      composition: "all",
      depth: 2,
    });
    expect(plan.rules[0]?.conditions.amountAbove).toEqual({ minor: 100_000n, currency: "INR" });
  });

  test("may leave out examples and conditions", () => {
    expect(found(edited({ "/examples": undefined, "/rules/0/when": undefined }))).toEqual([]);
  });

  test("may leave out levels in between", () => {
    expect(parsePlan(edited({ "/rules/0/levels/1/level": 16 })).depth).toBe(16);
  });

  test("asks for as many levels as it pays, and for all there may be where it compresses", () => {
    expect(uplineDepth(parsePlan(twoLevel.document("INR")))).toBe(2);
    expect(uplineDepth(parsePlan(edited({ "/inactive_upline": "compress" })))).toBe(16);
  });
});

describe("a plan that cannot be used says where", () => {
  const percent = {
    id: "more",
    rule: "percent_of_profit",
    on: "purchase",
    levels: [{ level: 1, rate: "60" }],
  };

  test.each<[string, Record<string, unknown>, string[]]>([
    ["an unknown key", { "/hold": 3 }, ["/hold unknown_field"]],
    ["an unknown key of a rule", { "/rules/0/rates": [] }, ["/rules/0/rates unknown_field"]],
    ["an unknown key of a level", { "/rules/0/levels/0/x~y": 1 }, ["/rules/0/levels/0/x~0y unknown_field"]],
    ["an unknown condition", { "/rules/0/when/first": true }, ["/rules/0/when/first unknown_field"]],
    ["an unknown key of an example", { "/examples/0/given/tax": 1 }, ["/examples/0/given/tax unknown_field"]],
    ["a missing field", { "/currency": undefined }, ["/currency required"]],
    ["a missing level list", { "/rules/0/levels": undefined }, ["/rules/0/levels required"]],
    ["an empty name", { "/name": "" }, ["/name too_short"]],
    ["a blank name", { "/name": " " }, ["/name wrong_format"]],
    ["a currency in small letters", { "/currency": "inr" }, ["/currency wrong_format"]],
    ["no room for a single referral", { "/direct_limit": 0 }, ["/direct_limit wrong_format"]],
    ["half a referral", { "/direct_limit": 2.5 }, ["/direct_limit wrong_format"]],
    ["an unknown overflow", { "/overflow": "queue" }, ["/overflow not_allowed"]],
    ["a negative hold", { "/hold_days": -1 }, ["/hold_days too_small"]],
    ["a hold of more than a year", { "/hold_days": 366 }, ["/hold_days too_large"]],
    ["a hold in words", { "/hold_days": "14" }, ["/hold_days wrong_type"]],
    ["no rules", { "/rules": [], "/examples": [] }, ["/rules too_short"]],
    ["an unknown rule", { "/rules/0/rule": "lottery" }, ["/rules/0/rule not_allowed"]],
    ["a bad id", { "/rules/0/id": "Level Share" }, ["/rules/0/id wrong_format"]],
    ["an id used twice", { "/rules/1": { ...percent, id: "level-share" } }, ["/rules/1/id repeated_id"]],
    [
      "a rate above the whole",
      { "/rules/0/levels/0/rate": "100.0001" },
      ["/rules/0/levels/0/rate wrong_format"],
    ],
    ["a negative rate", { "/rules/0/levels/0/rate": "-5" }, ["/rules/0/levels/0/rate wrong_format"]],
    [
      "a rate finer than we count",
      { "/rules/0/levels/0/rate": "1.00001" },
      ["/rules/0/levels/0/rate wrong_format"],
    ],
    ["a rate as a number", { "/rules/0/levels/0/rate": 5 }, ["/rules/0/levels/0/rate wrong_type"]],
    [
      "rates above the whole together",
      { "/rules/0/levels/1/rate": "95.0001" },
      ["/rules/0/levels rates_above_whole"],
    ],
    ["a level twice", { "/rules/0/levels/1/level": 1 }, ["/rules/0/levels/1/level repeated_level"]],
    ["a level too deep", { "/rules/0/levels/1/level": 17 }, ["/rules/0/levels/1/level too_large"]],
    ["a level below the buyer", { "/rules/0/levels/1/level": -1 }, ["/rules/0/levels/1/level too_small"]],
    [
      "a threshold in another currency",
      { "/rules/0/when/amount_above/currency": "USD" },
      ["/rules/0/when/amount_above/currency wrong_currency"],
    ],
    [
      "a negative threshold",
      { "/rules/0/when/amount_above/amount": -1 },
      ["/rules/0/when/amount_above/amount too_small"],
    ],
    [
      "half a paisa",
      { "/rules/0/when/amount_above/amount": 0.5 },
      ["/rules/0/when/amount_above/amount wrong_type"],
    ],
    [
      "an absurd threshold",
      { "/rules/0/when/amount_above/amount": 1e15 + 1 },
      ["/rules/0/when/amount_above/amount too_large"],
    ],
    ["a share of a sign-up", { "/rules/1": { ...percent, on: "signup" } }, ["/rules/1/on no_basis"]],
    ["a kind of two words", { "/rules/0/on": "big purchase" }, ["/rules/0/on wrong_format"]],
    [
      "an example without an amount",
      { "/examples/0/given/amount": undefined },
      ["/examples/0/given/amount required"],
    ],
    [
      "an example in another currency",
      { "/examples/0/expect/0/amount/currency": "USD" },
      ["/examples/0/expect/0/amount/currency wrong_currency"],
    ],
  ])("%s", (_what, changes, expected) => {
    expect(found(edited(changes))).toEqual(expected);
  });

  test.each([
    [
      "a fixed amount of nothing",
      { amount: { amount: 0, currency: "INR" } },
      "fixed_amount",
      "/amount/amount too_small",
    ],
    [
      "a fixed amount in another currency",
      { amount: { amount: 1, currency: "USD" } },
      "fixed_amount",
      "/amount/currency wrong_currency",
    ],
    ["no points", { points: 0 }, "points", "/points too_small"],
    ["points beyond all measure", { points: 1_000_001 }, "points", "/points too_large"],
  ])("%s", (_what, terms, rule, expected) => {
    const entry = { id: "more", rule, on: "signup", levels: [{ level: 1, ...terms }] };
    expect(found(edited({ "/rules/1": entry }))).toEqual([`/rules/1/levels/0${expected}`]);
  });

  test("a minimum on a sign-up, which has no amount", () => {
    const entry = { id: "more", rule: "points", on: "signup", levels: [{ level: 1, points: 1 }] };
    const when = { amount_above: { amount: 1, currency: "INR" } };
    expect(found(edited({ "/rules/1": { ...entry, when } }))).toEqual([
      "/rules/1/when/amount_above no_basis",
    ]);
  });

  test("a plan in points", () => {
    expect(found(edited({ "/currency": "PTS", "/examples": [] }))).toContain("/currency wrong_currency");
  });

  test("several things at once", () => {
    const changes = { "/hold_days": -1, "/rules/0/levels/0/rate": "x", "/rules/0/levels/1/level": 99 };
    expect(found(edited(changes)).sort()).toEqual([
      "/hold_days too_small",
      "/rules/0/levels/0/rate wrong_format",
      "/rules/0/levels/1/level too_large",
    ]);
  });

  test.each([[null], [undefined], ["plan"], [[]], [42], [{}], [{ rules: [null] }], [{ rules: "all" }]])(
    "and never crashes: %j",
    (document) => {
      expect(problemsOf(document).length).toBeGreaterThan(0);
    },
  );

  test("and is not fooled by keys of the prototype", () => {
    const text = JSON.stringify(twoLevel.document("INR"));
    expect(found(JSON.parse(text.replace("{", '{"__proto__":{"hold_days":0},')))).toEqual([
      "/__proto__ unknown_field",
    ]);
    expect(found(edited({ "/rules/0/rule": "constructor" }))).toEqual(["/rules/0/rule not_allowed"]);
  });

  test("and why, in words", () => {
    const changes = { "/rules/0/levels/0/rate": "101", "/hold_days": 400 };
    expect(problemsOf(edited(changes)).map(({ message }) => message)).toEqual([
      "Must be at most 365.",
      'Expected here: A percent from 0 to 100 as decimal text with at most four decimals, such as "12.5".',
    ]);
  });
});

describe("the hash of a plan", () => {
  const plan = parsePlan(twoLevel.document("INR"));

  test("does not depend on the order of keys", () => {
    const { rules, ...rest } = twoLevel.document("INR") as { rules: object[] };
    const reordered = {
      rules: rules.map((rule) => Object.fromEntries(Object.entries(rule).reverse())),
      ...Object.fromEntries(Object.entries(rest).reverse()),
    };
    expect(JSON.stringify(reordered)).not.toBe(JSON.stringify(plan.document));
    expect(planHash(parsePlan(reordered))).toBe(planHash(plan));
  });

  test("stays the same from release to release", () => {
    expect(planHash(plan)).toBe("dc5414f2de03db045155789461ed18126a3136beabc35d90f26eb597e495d887");
  });

  test.each([
    ["another rate", { "/rules/0/levels/0/rate": "6" }],
    [
      "another order of levels",
      {
        "/rules/0/levels": [
          { level: 2, rate: "1" },
          { level: 1, rate: "5" },
        ],
      },
    ],
    ["another name", { "/name": "Other" }],
  ])("changes with %s", (_what, changes) => {
    expect(planHash(parsePlan(edited(changes)))).not.toBe(planHash(plan));
  });
});

describe("a plan is bounded by the profit", () => {
  const more = (rule: string, rate: string, on = "purchase") => ({
    id: "more",
    rule,
    on,
    levels: [{ level: 3, rate }],
  });

  test.each<[string, Record<string, unknown>, boolean]>([
    ["where all its rates fit into the profit", {}, true],
    ["where they fill it exactly", { "/rules/1": more("percent_of_profit", "94") }, true],
    ["not where two rules together exceed it", { "/rules/1": more("percent_of_profit", "94.0001") }, false],
    [
      "where rules for different kinds exceed it only together",
      { "/rules/1": more("percent_of_profit", "99", "renewal") },
      true,
    ],
    ["not where a share of the amount is paid", { "/rules/1": more("percent_of_amount", "1") }, false],
  ])("%s", (_what, changes, expected) => {
    expect(isBoundedByProfit(parsePlan(edited(changes)))).toBe(expected);
  });
});
