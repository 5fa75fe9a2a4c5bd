import { describe, expect, it } from "vitest";
import { promotionSentence, wallWords } from "./promotion-sentence.ts";

const december = { name: "December", starts_at: "2026-12-01T00:00:00", ends_at: "2026-12-15T00:00:00" };

describe("a promotion in words", () => {
  it("says what it multiplies and adds", () => {
    expect(promotionSentence({ ...december, multiplier: "200" })).toBe("Each reward pays 200 %.");
    expect(promotionSentence({ ...december, add: { amount: 5_000, currency: "INR" } })).toBe(
      "Each reward pays ₹50.00 more.",
    );
  });

  it("says what it is for and for whom", () => {
    const strict = {
      ...december,
      multiplier: "150",
      add: { amount: 5_000, currency: "INR" },
      rules: ["level-share"],
      levels: [0, 1],
      when: { amount_above: { amount: 100_000, currency: "INR" }, nth: { to: 1 } },
      advocates_max: 200,
    };
    expect(promotionSentence(strict)).toBe(
      "Each reward by “level-share” for the friend who buys or level 1 pays 150 % and ₹50.00 more; only for orders over ₹1,000.00, for a friend’s first one, for the first 200 people.",
    );
  });

  it("says the time that the program's clocks show", () => {
    expect(wallWords("2026-12-01T00:00:00")).toBe("1 Dec 2026, 00:00");
  });
});
