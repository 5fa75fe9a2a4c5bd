import { expect, test } from "vitest";
import { UsageError } from "./commands/command.ts";
import { simulate } from "./commands/simulate.ts";
import { parseConfig } from "./platform/config.ts";
import { createLog } from "./platform/log.ts";

async function run(options: Record<string, string>): Promise<string[]> {
  if (!simulate.isBare) throw new Error("It needs no database.");
  const printed: string[] = [];
  const code = await simulate.run({
    config: parseConfig({}, []),
    options: new Map(Object.entries(options)),
    operands: [],
    print: (text) => void printed.push(...text.split("\n")),
    log: createLog("silent"),
    migrations: "",
  });
  expect(code).toBe(0);
  return printed;
}

const SMALL = { participants: "30", months: "2", currency: "INR", purchases: "1200", limit: "2", seed: "5" };

test("prints every step as a line of JSON with amounts as the API writes them", async () => {
  const steps = (await run(SMALL)).map((line) => JSON.parse(line));
  const of = (kind: string) => steps.filter((step) => step.kind === kind);
  expect(of("signup")).toHaveLength(30);
  expect(of("purchase")).toHaveLength(1_200);
  expect(of("purchase")[0]).toMatchObject({
    participant: expect.any(Number),
    amount: { amount: expect.any(Number), currency: "INR" },
    profit: { amount: expect.any(Number), currency: "INR" },
    at: expect.stringMatching(/^2026-01-/),
  });
});

test("prints the same for the same seed", async () => {
  expect(await run(SMALL)).toEqual(await run(SMALL));
  expect(await run({ ...SMALL, seed: "6" })).not.toEqual(await run(SMALL));
});

test.each([
  [{ ...SMALL, currency: "rupees" }, "three capital letters"],
  [{ ...SMALL, participants: "0" }, "--participants is a whole number from 1"],
  [{ ...SMALL, months: "1.5" }, "--months is a whole number"],
  [{ months: "1", currency: "INR" }, "--participants is missing"],
])("refuses what cannot be simulated", async (options, sentence) => {
  await expect(run(options)).rejects.toThrow(UsageError);
  await expect(run(options)).rejects.toThrow(sentence);
});
