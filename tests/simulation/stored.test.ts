import fc from "fast-check";
import { expect, test } from "vitest";
import { useDatabase } from "../support/database.ts";
import { openMoneyDesk } from "../support/money-desk.ts";
import { createWorld } from "../support/world.ts";
import { asSent } from "./sent.ts";
import { playStored } from "./stored-world.ts";
import { histories } from "./worlds.ts";

const database = useDatabase();
// A failing run prints its seed and path; every try is a program of its own.
const RUNS = { numRuns: 40, endOnFailure: true };

test("the database holds what the model says, with purchases sent at once and everything twice", async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      await playStored(database.db, asSent(history));
    }),
    RUNS,
  );
});

const ROUNDS = 20;

test("two instances that settle at the same moment pay a cap out exactly, and number each purchase once", async () => {
  const world = await createWorld(database.db, { template: null });
  const ann = await world.join("Ann");
  const ben = await world.join("Ben", { under: ann });
  const money = (amount: number) => ({ amount, currency: "INR" });
  const rule = { rule: "fixed_amount", on: "purchase", levels: [{ level: 1, amount: money(300) }] };
  await world.publish({
    name: "Capped",
    currency: "INR",
    direct_limit: null,
    overflow: "reject",
    inactive_upline: "lapse",
    hold_days: 14,
    attribution_window_days: 30,
    composition: "all",
    rules: [
      { id: "bonus", ...rule },
      { id: "early", ...rule, when: { nth: { to: 7 } } },
    ],
    caps: [{ id: "all", scope: "program", period: "ever", amount: money(5_000), rules: ["bonus"] }],
  });
  const desks = [await openMoneyDesk(world), await openMoneyDesk(world)] as const;
  const answers: Awaited<ReturnType<(typeof desks)[0]["buy"]>>[] = [];
  // Round after round, so that two meet at counters that are there already, not only at their beginning.
  for (let round = 0; round < ROUNDS; round++)
    answers.push(
      ...(await Promise.all(desks.map((desk, index) => desk.buy(ben, `race-${round}-${index}`, 1_000)))),
    );
  const rewards = answers.flatMap(({ body }) => body.rewards);
  const paidBy = (id: string) =>
    rewards.filter((one) => one.rule === id).reduce((sum, { amount }) => sum + amount.amount, 0);
  expect(paidBy("bonus")).toBe(5_000);
  expect(paidBy("early")).toBe(7 * 300);
  expect(await desks[0].broken()).toEqual([]);
  for (const desk of desks) await desk.close();
});
