import { describe, expect, it } from "vitest";
import { exponentOf, formatMoney, formatMoneys, formatMovement, parseAmount, toDecimal } from "./money.ts";

/** Intl puts no-break spaces where people see a space. */
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, " ");

describe("formatMoney", () => {
  it("groups rupees the Indian way and always shows the paise", () => {
    expect(formatMoney({ amount: 10_000_000, currency: "INR" })).toBe("₹1,00,000.00");
    expect(formatMoney({ amount: 2_100, currency: "INR" })).toBe("₹21.00");
    expect(formatMoney({ amount: 1, currency: "INR" })).toBe("₹0.01");
  });

  it("shows as many digits as the currency has", () => {
    expect(plain(formatMoney({ amount: 1_200, currency: "JPY" }))).toMatch(/1,200$/);
    expect(plain(formatMoney({ amount: 1_234, currency: "KWD" }))).toMatch(/1\.234$/);
    expect(plain(formatMoney({ amount: 1_234, currency: "IQD" }))).toMatch(/1\.234$/);
    expect(plain(formatMoney({ amount: 1_250, currency: "PTS" }))).toBe("1,250 points");
    expect(plain(formatMoney({ amount: 1, currency: "PTS" }))).toBe("1 point");
  });

  it("loses nothing of the largest amount the wire carries", () => {
    expect(formatMoney({ amount: 999_999_999_999_999, currency: "INR" })).toBe("₹99,99,99,99,99,999.99");
  });

  it("puts the sign of a movement before the currency", () => {
    expect(formatMovement({ amount: -2_100, currency: "INR" })).toBe("−₹21.00");
    expect(formatMovement({ amount: 2_100, currency: "INR" })).toBe("+₹21.00");
  });

  it("says several currencies beside each other, and a dash for none", () => {
    expect(formatMoneys([])).toBe("–");
    expect(
      formatMoneys([
        { amount: 100, currency: "INR" },
        { amount: 3, currency: "PTS" },
      ]),
    ).toBe("₹1.00 + 3 points");
  });
});

describe("toDecimal", () => {
  it.each([
    [5, "INR", "0.05"],
    [-5, "INR", "-0.05"],
    [0, "INR", "0.00"],
    [1_234, "JPY", "1234"],
    [7, "BHD", "0.007"],
  ])("writes %d minor units of %s as %s", (amount, currency, text) => {
    expect(toDecimal({ amount, currency })).toBe(text);
  });
});

describe("parseAmount", () => {
  it.each([
    ["1200", "INR", 120_000],
    ["1,234.5", "INR", 123_450],
    ["0.29", "INR", 29],
    ["1 200.10", "INR", 120_010],
    ["1200", "JPY", 1_200],
    ["1.234", "KWD", 1_234],
  ])("reads %s %s as %d", (text, currency, minor) => {
    expect(parseAmount(text, currency)).toBe(minor);
  });

  it.each([
    ["", "INR"],
    ["-5", "INR"],
    ["1.005", "INR"],
    ["1.5", "JPY"],
    ["twelve", "INR"],
    ["1e5", "INR"],
    ["99999999999999", "INR"],
  ])("refuses %j in %s", (text, currency) => {
    expect(parseAmount(text, currency)).toBeNull();
  });

  it("reads back what toDecimal writes", () => {
    for (const currency of ["INR", "JPY", "KWD", "PTS"]) {
      for (const amount of [0, 1, 99, 100, 123_456_789]) {
        expect(parseAmount(toDecimal({ amount, currency }), currency)).toBe(amount);
      }
    }
    expect(exponentOf("EUR")).toBe(2);
  });
});
