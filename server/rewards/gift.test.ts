import { describe, expect, it } from "vitest";
import { giftsOf } from "./gift.ts";
import { parsePlan } from "./plan.ts";
import { readPromotion } from "./promotion.ts";
import { pointsPerReferral } from "./templates/points.ts";

const NOW = new Date("2026-11-10T12:00:00Z");
const rupees = (whole: number) => ({ amount: whole * 100, currency: "INR" });
const BONUS = {
  id: "bonus",
  rule: "fixed_amount",
  on: "purchase",
  when: { amount_above: rupees(1000), nth: { to: 1 }, countries: ["IN", "NP"], within_days: 30 },
  levels: [
    { level: 0, amount: rupees(200) },
    { level: 1, amount: rupees(300) },
  ],
};
const planWith = (...rules: object[]) =>
  parsePlan({ ...(pointsPerReferral.document("INR") as object), examples: [], rules });
const promotion = (parts: object) =>
  readPromotion(
    "pro_00000000000000000000000000",
    { name: "Diwali", starts_at: "2026-11-01T00:00:00", ends_at: "2026-12-01T00:00:00", ...parts },
    "Asia/Kolkata",
  );

describe("what a plan has for the friend", () => {
  it("is an amount, what it is for, and whom it is for", () => {
    expect(giftsOf(planWith(BONUS), [], NOW)).toEqual([
      {
        amount: "₹200.00",
        act: "your first order over ₹1,000.00",
        trigger: "purchase",
        conditions: ["For people in India or Nepal.", "Within 30 days of joining."],
        countries: ["IN", "NP"],
        withinDays: 30,
        promotion: null,
      },
    ]);
  });

  it("is nothing where no rule pays level 0", () => {
    expect(giftsOf(planWith({ ...BONUS, levels: [{ level: 1, amount: rupees(300) }] }), [], NOW)).toEqual([]);
  });

  it("says what a promotion makes of it, and until when", () => {
    const [doubled] = giftsOf(planWith(BONUS), [promotion({ multiplier: "200" })], NOW);
    expect(doubled).toMatchObject({ amount: "₹400.00", promotion: { name: "Diwali", usual: "₹200.00" } });
    expect(doubled?.promotion?.until.toISOString()).toBe("2026-11-30T18:30:00.000Z");
    const [more] = giftsOf(planWith(BONUS), [promotion({ add: rupees(50) })], NOW);
    expect(more?.amount).toBe("₹250.00");
  });

  it("promises nothing of a promotion that is for others, is over, or depends on what is bought", () => {
    for (const [parts, at] of [
      [{ multiplier: "200", levels: [1] }, NOW],
      [{ multiplier: "200", rules: ["other"] }, NOW],
      [{ multiplier: "200", when: { products: ["lamp"] } }, NOW],
      [{ multiplier: "200" }, new Date("2026-11-30T18:30:00Z")],
    ] as const) {
      expect(giftsOf(planWith(BONUS), [promotion(parts)], at)[0]).toMatchObject({
        amount: "₹200.00",
        promotion: null,
      });
    }
  });

  it.each([
    [{ on: "signup", when: {} }, "joining"],
    [{ on: "verified", when: {} }, "confirming your e-mail"],
    [{ when: {} }, "each order"],
    [{ when: { nth: { to: 3 } } }, "your first 3 orders"],
    [{ when: { nth: { from: 2, to: 3 } } }, "your orders number 2 to 3"],
    [{ when: { nth: { from: 2 } } }, "your orders from number 2 on"],
    [{ on: "booked_call", when: {} }, "each booked call"],
  ])("says what %o is for", (parts, act) => {
    expect(giftsOf(planWith({ ...BONUS, ...parts }), [], NOW)[0]?.act).toBe(act);
  });

  it("says a share and a coupon in words", () => {
    const share = {
      id: "share",
      rule: "percent_of_amount",
      on: "purchase",
      levels: [{ level: 0, rate: "10" }],
    };
    expect(giftsOf(planWith(share), [], NOW)[0]?.amount).toBe("10 % of the amount");
    const points = { id: "points", rule: "points", on: "signup", levels: [{ level: 0, points: 50 }] };
    expect(giftsOf(planWith(points), [promotion({ multiplier: "150" })], NOW)[0]?.amount).toBe("75 points");
  });
});
