import { describe, expect, it } from "vitest";
import type { Funnel } from "../../wire.ts";
import { funnelFinding } from "./funnel-bars.tsx";

const report = (clicks: number, referred: number, qualified: number): Funnel => ({
  clicks,
  joined: referred,
  referred,
  qualified,
  rewarded: qualified,
  purchases: qualified,
  revenue: [],
  refunded: [],
  owed: [],
  paid: [],
});

describe("the sentence over the funnel", () => {
  it("says counts and rates of both steps", () => {
    expect(funnelFinding(report(1_204, 312, 118))).toBe(
      "312 of 1,204 link visits became sign-ups (26 %); 118 of them went on to qualify (38 %).",
    );
  });

  it("gives no percentage of fewer than twenty", () => {
    expect(funnelFinding(report(19, 1, 0))).toBe(
      "19 link visits and 1 sign-up so far: too few for percentages.",
    );
    expect(funnelFinding(report(100, 5, 2))).toBe("5 of 100 link visits became sign-ups (5.0 %).");
  });

  it("says when nothing has happened", () => {
    expect(funnelFinding(report(0, 0, 0))).toBe("No link has been visited yet.");
  });
});
