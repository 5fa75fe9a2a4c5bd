import { describe, expect, it, test } from "vitest";
import { RATE_ONE, type Rate } from "../../primitives/rate.ts";
import { checkDocument } from "../plan-document.ts";
import { lintPlan, type PlanFinding } from "../plan-lint.ts";
import { planTemplates } from "../templates/index.ts";
import { shareText } from "../worst-case.ts";
import { badPlans, SOUND } from "./bad-plans.test-support.ts";
import { lints } from "./index.ts";
import type { LintContext } from "./lint.ts";

const CONTEXT: LintContext = {
  currency: "USD",
  timeZone: "UTC",
  defaultMargin: RATE_ONE,
  hasDisclosure: null,
  now: new Date("2026-11-21T00:00:00Z"),
};

/** Percent of a purchase, where all of it is profit. */
const TEMPLATES: Record<string, string> = { "two-level": "6", points: "0" };

const codes = (findings: readonly PlanFinding[]) => [...new Set(findings.map(({ code }) => code))].sort();

describe("every lint of the shelf", () => {
  test("has a code of its own, and a title", () => {
    expect(new Set(lints.map(({ code }) => code)).size).toBe(lints.length);
    for (const { code, title } of lints) {
      expect(code).toMatch(/^[a-z][a-z_]+$/);
      expect(title).toMatch(/^[A-Z]/);
    }
  });

  test("finds something in a plan of the table, and nothing in a sound one", () => {
    const found = new Set(badPlans.flatMap(({ codes: expected }) => expected));
    expect(lints.map(({ code }) => code).filter((code) => !found.has(code))).toEqual([]);
    expect(lintPlan(SOUND, [], CONTEXT).findings).toEqual([]);
  });

  test.each(badPlans)("speaks in sentences about $name", ({ document, promotions = [], context = {} }) => {
    for (const finding of lintPlan(document, promotions, { ...CONTEXT, ...context }).findings) {
      expect(finding.message).toMatch(/^[A-Z“].*\.$/);
      expect(finding.fix).toMatch(/^[A-Z].*\.$/);
      expect(finding.message).not.toMatch(/undefined|NaN|\[object/);
      expect(Object.keys(finding.figures).length).toBeGreaterThan(0);
      expect(valueAt(document, finding.pointer), finding.pointer).toBe(true);
    }
  });
});

/** Whether the pointer leads somewhere, or to a field that is left out of something that is there. */
function valueAt(document: unknown, pointer: string): boolean {
  const steps = pointer.split("/").slice(1, -1);
  let place: unknown = document;
  for (const step of steps) {
    if (typeof place !== "object" || place === null || !(step in place)) return false;
    place = (place as Record<string, unknown>)[step];
  }
  return true;
}

describe("a bad plan", () => {
  it("stands in a table of thirty at least", () => {
    expect(badPlans.length).toBeGreaterThanOrEqual(30);
  });

  it.each(badPlans)("is a plan all the same: $name", ({ document }) => {
    expect(checkDocument(document).problems).toEqual([]);
  });

  it.each(badPlans)(
    "is caught with exactly its codes: $name",
    ({ document, codes: expected, promotions, context }) => {
      const { findings } = lintPlan(document, promotions ?? [], { ...CONTEXT, ...context });
      expect(codes(findings)).toEqual([...expected].sort());
    },
  );
});

describe("a template", () => {
  it.each(planTemplates)("$name passes, and its worst case is this", ({ name, document }) => {
    const margins = ["INR", "USD"].flatMap((currency) => {
      const context = { ...CONTEXT, currency, timeZone: currency === "INR" ? "Asia/Kolkata" : "UTC" };
      const { findings, worstCase } = lintPlan(document(currency) as object, [], context);
      expect(findings.filter(({ severity }) => severity === "blocking")).toEqual([]);
      return worstCase.total.atFullMargin === null
        ? "without a limit"
        : shareText(worstCase.total.atFullMargin);
    });
    expect(margins).toEqual([TEMPLATES[name], TEMPLATES[name]]);
  });
});

describe("the worst case", () => {
  const worst = (document: object, margin: bigint = RATE_ONE, promotions = [] as never[]) =>
    lintPlan(document, promotions, { ...CONTEXT, defaultMargin: margin as Rate });

  it("is the sum of what the levels get, of all of the profit and of its usual part", () => {
    const { worstCase, sentence } = worst(SOUND, 250_000n);
    expect(worstCase.levels).toEqual([
      { level: 1, atFullMargin: 50_000n, atDefaultMargin: 12_500n },
      { level: 2, atFullMargin: 10_000n, atDefaultMargin: 2_500n },
    ]);
    expect(sentence).toBe(
      "At worst one purchase costs 6 % of it where all of it is profit, and 1.5 % of it at the program's margin of 25 %.",
    );
  });

  it.each<[bigint, string]>([
    [60_000n, "6"],
    [60_001n, "6.01"],
    [1_000_000n, "100"],
    [0n, "0"],
    [15_500n, "1.55"],
  ])("of %s millionths reads %s %%", (share, text) => {
    expect(shareText(share)).toBe(text);
  });
});
