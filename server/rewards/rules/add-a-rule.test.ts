import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Value } from "typebox/value";
import { afterAll, expect, test } from "vitest";
import { RATE_ONE } from "../../primitives/rate.ts";
import { placeUpline } from "../upline.ts";
import { contextOfRule, parametersOf } from "./parameters.test-support.ts";
import type { Rule } from "./rule.ts";

// docs/guides/add-a-rule.md holds a whole rule and a table of what it gives.
const guide = fs.readFileSync(
  path.resolve(import.meta.dirname, "../../../docs/guides/add-a-rule.md"),
  "utf8",
);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "referralhub-rule-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const UNASKED = { tierAt: () => null, qualifiedNumber: 0n, grantedBy: () => 0n };

const paid = (exact: bigint) => (exact < RATE_ONE ? "rounds_to_zero" : `${exact / RATE_ONE}`);

test("the rule of the guide gives what the guide's table says", async () => {
  const rule = await ruleOfGuide();
  const parameters: unknown = JSON.parse(/^With `(.*)`, above/m.exec(guide)?.[1] ?? "");
  expect(Value.Check(rule.parameters, parameters)).toBe(true);
  const context = contextOfRule(rule);
  expect(rule.problems(parameters, context)).toEqual([]);
  const bound = rule.bind(parameters, context);
  const lines = [...guide.matchAll(/^\| (\d+) \| (\w+) \|$/gm)];
  expect(lines.length).toBeGreaterThan(3);
  for (const [, amount = "", says] of lines) {
    const money = { minor: BigInt(amount), currency: "INR" };
    const advocate = {
      participantId: "par_a",
      level: 1,
      legParticipantId: "par_b",
      status: "active",
    } as const;
    const places = placeUpline("par_b", [advocate], "lapse", 1);
    const [verdict] = bound.evaluate({ amount: money, profit: money, places, ...UNASKED });
    expect(verdict?.kind === "portion" ? paid(verdict.exact) : verdict?.reason, amount).toBe(says);
  }
});

test("parameters of the guide's rule can be drawn from its schema, as the laws do", async () => {
  const rule = await ruleOfGuide();
  expect(() => parametersOf(rule)).not.toThrow();
  const foreign = { above: { amount: 1, currency: "USD" }, levels: [] };
  const context = contextOfRule(rule);
  expect(rule.problems({ ...foreign, levels: [{ level: 1, rate: "1" }] }, context)).toHaveLength(1);
});

async function ruleOfGuide(): Promise<Rule> {
  const code = /^```ts rule\n([\s\S]*?)^```$/m.exec(guide)?.[1] ?? "";
  const file = path.join(folder, "rule.ts");
  const here = import.meta.dirname;
  fs.writeFileSync(
    file,
    code
      .replace(/from "(\.[^"]+)"/g, (_, from: string) => `from ${JSON.stringify(path.resolve(here, from))}`)
      .replace(/from "typebox"/, `from ${JSON.stringify(import.meta.resolve("typebox"))}`),
  );
  const module: Record<string, Rule | undefined> = await import(/* @vite-ignore */ file);
  const [rule] = Object.values(module);
  if (!rule) throw new Error("The guide holds no rule.");
  return rule;
}
