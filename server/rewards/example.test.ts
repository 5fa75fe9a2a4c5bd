import { expect, test } from "vitest";
import { parsePercent, type Rate } from "../primitives/rate.ts";
import { runExamples } from "./example.ts";
import { parsePlan } from "./plan.ts";
import { planTemplates } from "./templates/index.ts";
import { twoLevel } from "./templates/two-level.ts";

const withExamples = (examples: unknown[]) =>
  parsePlan({ ...(twoLevel.document("INR") as object), examples });
const rupees = (amount: number) => ({ amount, currency: "INR" });

test.each(planTemplates.map((template) => [template.name, template]))(
  "the golden examples of %s hold in every kind of currency",
  (_name, template) => {
    for (const currency of ["INR", "USD", "JPY", "KWD"]) {
      const results = runExamples(parsePlan(template.document(currency)));
      expect(results.length).toBeGreaterThan(0);
      expect(results.filter(({ holds }) => !holds)).toEqual([]);
    }
  },
);

test("says what the plan gives where an example does not hold", () => {
  const plan = withExamples([
    {
      given: { amount: rupees(200_000), profit: rupees(40_000) },
      expect: [{ level: 1, amount: rupees(2_100) }],
    },
    { given: { amount: rupees(100_000) }, expect: [{ level: 1, amount: rupees(1) }] },
  ]);
  expect(runExamples(plan)).toEqual([
    {
      index: 0,
      holds: false,
      message: "Expected ₹21.00 to level 1; the plan gives ₹20.00 to level 1 and ₹4.00 to level 2.",
    },
    { index: 1, holds: false, message: "Expected ₹0.01 to level 1; the plan gives nothing." },
  ]);
});

test("uses the program's default margin where an example names no profit", () => {
  const plan = withExamples([
    {
      given: { amount: rupees(200_000) },
      expect: [
        { level: 2, amount: rupees(400) },
        { level: 1, amount: rupees(2_000) },
      ],
    },
  ]);
  expect(runExamples(plan, parsePercent("20") as Rate)[0]?.holds).toBe(true);
  expect(runExamples(plan)[0]?.holds).toBe(false);
});
