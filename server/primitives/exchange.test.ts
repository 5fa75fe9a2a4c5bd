import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ExchangeRate, exchange, formatExchangeRate, parseExchangeRate, worthIn } from "./exchange.ts";

const rateOf = (text: string): ExchangeRate => {
  const rate = parseExchangeRate(text);
  if (rate === null) throw new Error(`${text} is no rate`);
  return rate;
};

test.each([
  [100n, "USD", "83.25", "INR", 8_325n],
  [1n, "USD", "83.999", "INR", 83n],
  [-1n, "USD", "83.999", "INR", -83n],
  [1_000n, "JPY", "0.55", "INR", 55_000n],
  [1_999n, "INR", "1.8181818181", "JPY", 36n],
  [1_234n, "KWD", "3.25", "USD", 401n],
  [401n, "USD", "0.3076923076", "KWD", 1_233n],
  [1n, "JPY", "0.0000000001", "USD", 0n],
  [10n ** 15n, "KWD", "1", "JPY", 10n ** 12n],
])("%s of %s at %s are %s %s", (minor, from, rate, to, expected) => {
  expect(exchange({ minor, currency: from }, rateOf(rate), to)).toEqual({ minor: expected, currency: to });
});

test.each(["", "0", "0.0", "-1", "1.", ".5", "1e3", "1,5", "0.00000000001", "1234567890123", " 1", "NaN"])(
  "%j is no rate",
  (text) => expect(parseExchangeRate(text)).toBeNull(),
);

/** Currencies with no, two and three digits after the point. */
const currency = fc.constantFrom("JPY", "INR", "KWD");
const rate = fc.bigInt({ min: 1n, max: 10n ** 22n - 1n }).map((each) => each as ExchangeRate);
const minor = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
const abs = (value: bigint) => (value < 0n ? -value : value);
const DIGITS: Record<string, bigint> = { JPY: 0n, INR: 2n, KWD: 3n };

describe("any exchange", () => {
  test("is the exact product, cut towards zero", () => {
    fc.assert(
      fc.property(minor, rate, currency, currency, (amount, by, from, to) => {
        const { minor: got } = exchange({ minor: amount, currency: from }, by, to);
        // |got| ≤ |amount| · rate · 10^(to − from) < |got| + 1, in whole numbers.
        const exact = abs(amount) * by * 10n ** (DIGITS[to] ?? 0n);
        const one = 10n ** (10n + (DIGITS[from] ?? 0n));
        expect(abs(got) * one).toBeLessThanOrEqual(exact);
        expect((abs(got) + 1n) * one).toBeGreaterThan(exact);
        if (got !== 0n) expect(got > 0n).toBe(amount > 0n);
      }),
      { numRuns: 5_000 },
    );
  });

  test("keeps the order of amounts, and turns around without ever gaining", () => {
    fc.assert(
      fc.property(minor, minor, rate, currency, currency, (one, other, by, from, to) => {
        const go = (amount: bigint) => exchange({ minor: amount, currency: from }, by, to);
        if (one <= other) expect(go(one).minor).toBeLessThanOrEqual(go(other).minor);
        const back = worthIn(go(abs(one)), by, from);
        expect(back.minor).toBeLessThanOrEqual(abs(one));
        expect(back.currency).toBe(from);
      }),
      { numRuns: 5_000 },
    );
  });

  test("reads back the rate it writes", () => {
    fc.assert(
      fc.property(rate, (each) => {
        expect(parseExchangeRate(formatExchangeRate(each))).toBe(each);
      }),
    );
  });
});
