import { expect, test } from "vitest";
import { formatMoney, formatUnrounded } from "./money-text.ts";

test.each([
  [100_000n, "INR", "₹1,000.00"],
  [12_345_678_901n, "INR", "₹12,34,56,789.01"],
  [12_345_678_901n, "USD", "$123,456,789.01"],
  [1_000n, "JPY", "¥1,000"],
  [1_234_567n, "KWD", "KWD 1,234.567"],
  [-5n, "EUR", "-€0.05"],
  [0n, "INR", "₹0.00"],
  [123_456_789_012_345_678_901n, "USD", "$1,234,567,890,123,456,789.01"],
  [10n, "PTS", "10 points"],
  [1n, "PTS", "1 point"],
  [500n, "CRD", "5.00 credit"],
  [1n, "CPN", "1 coupon"],
  [3n, "CPN", "3 coupons"],
])("%s minor units of %s read %s", (minor, currency, text) => {
  expect(formatMoney({ minor, currency }).replaceAll("\u00a0", " ")).toBe(text);
});

test.each([
  [1_999_950_000n, 6, "INR", "₹19.9995"],
  [1n, 6, "INR", "₹0.00000001"],
  [2_000_000_000n, 6, "INR", "₹20.00"],
  [1_500_000n, 6, "JPY", "¥1.5"],
  [10_500_000n, 6, "PTS", "10.5 points"],
  [1_000_000n, 6, "PTS", "1 point"],
  [550_500_000n, 6, "CRD", "5.505 credit"],
  [500_000_000n, 6, "CRD", "5.00 credit"],
])("%s of 10^-%i minor units of %s read %s", (units, digits, currency, text) => {
  expect(formatUnrounded(units, digits, currency)).toBe(text);
});
