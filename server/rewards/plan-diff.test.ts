import { describe, expect, it } from "vitest";
import { planDiff } from "./plan-diff.ts";
import { twoLevel } from "./templates/two-level.ts";

type Document = Record<string, unknown> & { rules: Record<string, unknown>[] };

const plan = (): Document => structuredClone(twoLevel.document("INR")) as Document;
const rule = (document: Document, fields: object): Document => ({
  ...document,
  rules: [{ ...(document.rules[0] as object), ...fields }, ...document.rules.slice(1)],
});
const bonus = {
  id: "bonus",
  rule: "fixed_amount",
  on: "purchase",
  levels: [{ level: 1, amount: money(500) }],
};

function money(amount: number) {
  return { amount, currency: "INR" };
}

const sentences = (before: unknown, after: unknown) => planDiff(before, after).map((one) => one.sentence);

describe("what is different between two plans", () => {
  it("is nothing where they say the same, however their keys are ordered", () => {
    const turned = Object.fromEntries(Object.entries(plan()).reverse());
    expect(planDiff(plan(), turned)).toEqual([]);
  });

  it("names the place, both values and what it means", () => {
    const levels = [
      { level: 1, rate: "6" },
      { level: 2, rate: "1" },
    ];
    expect(planDiff(plan(), rule(plan(), { levels }))).toEqual([
      {
        kind: "changed",
        pointer: "/rules/0/levels/0/rate",
        before: "5",
        after: "6",
        sentence: "Level 1 earns 6 % instead of 5 % by the rule “level-share”.",
      },
    ]);
  });

  it.each<[string, (document: Document) => unknown, string[]]>([
    [
      "a level that comes and one that goes",
      (document) =>
        rule(document, {
          levels: [
            { level: 1, rate: "5" },
            { level: 3, rate: "0.5" },
          ],
        }),
      [
        "Level 3 earns 0.5 % by the rule “level-share”.",
        "Level 2 no longer earns by the rule “level-share”.",
      ],
    ],
    [
      "the friend's own reward",
      (document) =>
        rule(document, {
          levels: [{ level: 0, rate: "2" }, ...((document.rules[0]?.["levels"] ?? []) as object[])],
        }),
      ["The friend who buys earns 2 % by the rule “level-share”."],
    ],
    [
      "a new rule",
      (document) => ({ ...document, rules: [...document.rules, bonus] }),
      ["There is a new rule “bonus”."],
    ],
    [
      "a threshold",
      (document) => rule(document, { when: { amount_above: money(50_000) } }),
      ["Of the rule “level-share”, the amount it must be above is ₹500.00 instead of ₹1,000.00."],
    ],
    [
      "terms",
      (document) => ({ ...document, hold_days: 30, direct_limit: null }),
      ["The limit of direct referrals is none instead of 8.", "The hold in days is 30 instead of 14."],
    ],
    [
      "what was left out before",
      (document) => ({ ...document, existing_referrals: "keep", caps: undefined }),
      ["The version for referrals made before is “keep” instead of “move”."],
    ],
    [
      "rates by tier",
      (document) =>
        rule(document, {
          levels: [
            { level: 1, rate: "5", by_tier: { gold: "7" } },
            { level: 2, rate: "1" },
          ],
        }),
      ["Level 1 earns 7 % at tier “gold” by the rule “level-share”, before the same at every tier."],
    ],
    ["examples", (document) => ({ ...document, examples: [] }), ["The golden examples are different."]],
  ])("puts into words %s", (_what, change, expected) => {
    expect(sentences(plan(), change(plan()))).toEqual(expected);
  });

  it("says it when the order of rules changes, and when a rule is gone", () => {
    const both = { ...plan(), rules: [...plan().rules, bonus] };
    expect(sentences(both, { ...both, rules: [...both.rules].reverse() })).toEqual([
      "The rules now come in this order: bonus, level-share.",
    ]);
    expect(sentences(both, plan())).toEqual(["The rule “bonus” is gone."]);
    expect(planDiff(both, plan())[0]).toMatchObject({ kind: "removed", pointer: "/rules/1", after: null });
  });

  it("names the caps where there were none, or are none any more", () => {
    const cap = { id: "monthly", scope: "program", period: "month", amount: { amount: 1, currency: "INR" } };
    const sentences = (before: object, after: object) =>
      planDiff(before, after).map(({ sentence }) => sentence);
    expect(sentences(plan(), { ...plan(), caps: [cap] })).toEqual(["There are caps now: “monthly”."]);
    expect(sentences({ ...plan(), caps: [cap] }, plan())).toEqual(["The caps are gone: “monthly”."]);
  });

  it("tells tiers and caps apart by their ids", () => {
    const tier = { id: "gold", name: "Gold", at_least: { qualified: 50 }, multiplier: "120" };
    const cap = { id: "monthly", scope: "participant", period: "month", amount: money(10_000) };
    const before = { ...plan(), tiers: [tier], caps: [cap] };
    const after = { ...before, tiers: [{ ...tier, multiplier: "130" }], caps: [{ ...cap, id: "weekly" }] };
    expect(sentences(before, after)).toEqual([
      "Of the tier “gold”, multiplier is 130 % instead of 120 %.",
      "There is a new cap “weekly”.",
      "The cap “monthly” is gone.",
    ]);
  });
});
