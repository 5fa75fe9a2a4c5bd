import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePlan } from "./plan.ts";
import { type PublishedPlan, planHolding, planInForce, publishedPlans } from "./plans-in-force.ts";
import { twoLevel } from "./templates/two-level.ts";

const plan = parsePlan(twoLevel.document("INR"));
const at = (day: number) => new Date(day * 86_400_000);

type Version = { from: number; existing: "keep" | "move" | undefined };

/** Versions in the order they were published; the latest in force comes first, as they are read. */
function published(versions: readonly Version[]): PublishedPlan[] {
  const rows = versions.map(({ from }, index) => ({
    ...{ id: `pln_${index + 1}`, version: index + 1, inForceFrom: at(from), document: plan.document },
  }));
  return publishedPlans(rows).map((one) => {
    const existingReferrals = versions[one.version - 1]?.existing ?? "move";
    return { ...one, plan: { ...plan, existingReferrals } };
  });
}

const holding = (versions: readonly Version[], occurred: number, referred: number | null) =>
  planHolding(published(versions), at(occurred), referred === null ? null : at(referred))?.version ?? null;

describe("the plan that holds for a conversion", () => {
  const KEEPING: Version[] = [
    { from: 10, existing: "move" },
    { from: 20, existing: "keep" },
    { from: 30, existing: "keep" },
  ];

  it("is, under keep, the version a referral had when it was made", () => {
    expect(holding(KEEPING, 40, 15)).toBe(1);
    expect(holding(KEEPING, 40, 20)).toBe(2);
    expect(holding(KEEPING, 40, 29)).toBe(2);
    expect(holding(KEEPING, 40, 30)).toBe(3);
  });

  it("is the one in force where nobody brought the buyer", () => {
    expect(holding(KEEPING, 40, null)).toBe(3);
    expect(holding(KEEPING, 25, null)).toBe(2);
  });

  it("is the first of all for referrals made before it, and none where none was in force", () => {
    expect(holding(KEEPING, 40, 5)).toBe(1);
    expect(holding([{ from: 20, existing: "keep" }], 40, 5)).toBe(1);
    expect(holding(KEEPING, 9, 5)).toBeNull();
  });

  it("is never one that came into force after the conversion", () => {
    expect(holding(KEEPING, 25, 22)).toBe(2);
    expect(holding(KEEPING, 15, 22)).toBe(1);
  });

  it("moves to a later version that takes existing referrals along", () => {
    const versions: Version[] = [
      ...KEEPING,
      { from: 50, existing: undefined },
      { from: 60, existing: "keep" },
    ];
    expect(holding(versions, 70, 15)).toBe(4);
    expect(holding(versions, 45, 15)).toBe(1);
  });

  const version = fc.record({
    from: fc.nat({ max: 20 }),
    existing: fc.constantFrom<Version["existing"]>("keep", "move", undefined),
  });
  const world = fc.record({
    versions: fc.array(version, { maxLength: 6 }),
    occurred: fc.nat({ max: 22 }),
    referred: fc.option(fc.nat({ max: 22 })),
  });

  it("is the one in force under move, whenever the referral was made", () => {
    fc.assert(
      fc.property(world, ({ versions, occurred, referred }) => {
        const moving = versions.map(({ from }): Version => ({ from, existing: "move" }));
        const inForce = planInForce(published(moving), at(occurred));
        expect(holding(moving, occurred, referred)).toBe(inForce?.version ?? null);
      }),
    );
  });

  it("is found by living through the versions day by day", () => {
    fc.assert(
      fc.property(world, ({ versions, occurred, referred }) => {
        let held: number | null = null;
        const inOrder = versions
          .map((one, index) => ({ ...one, number: index + 1 }))
          .sort((a, b) => a.from - b.from || a.number - b.number);
        for (const { from, existing, number } of inOrder) {
          if (from > occurred) break;
          const isOld = referred !== null && referred < from;
          if (held === null || !isOld || existing !== "keep") held = number;
        }
        expect(holding(versions, occurred, referred)).toBe(held);
      }),
      { numRuns: 500 },
    );
  });
});
