import { describe, expect, it } from "vitest";
import type { Act, Story } from "./act.ts";
import { season, startOfDay } from "./calendar.ts";
import { tellStory } from "./story.ts";

const NOW = new Date("2026-11-21T06:30:00Z");
const DAY_MS = 86_400_000;

const ordersOf = (story: Story) => story.acts.flatMap((act) => (act.kind === "purchases" ? act.orders : []));
const joinsOf = ({ acts }: Story) =>
  acts.filter((act): act is Extract<Act, { kind: "join" }> => act.kind === "join");

describe("the demo's story", () => {
  const story = tellStory(NOW);

  it("is the same for the same seed and moment, and another for another seed", () => {
    expect(tellStory(NOW)).toEqual(story);
    expect(tellStory(NOW, 7)).not.toEqual(story);
  });

  it("fills half a year up to now, in order, and nothing lies ahead", () => {
    const times = story.acts.map(({ at }) => at.getTime());
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times.at(-1)).toBe(NOW.getTime());
    expect((NOW.getTime() - story.startsAt.getTime()) / DAY_MS).toBeGreaterThan(180);
    for (const { at } of ordersOf(story)) expect(at.getTime()).toBeLessThanOrEqual(NOW.getTime());
  });

  it("has people with addresses of their own that reach nobody", () => {
    const people = joinsOf(story).map(({ person }) => person);
    expect(people.length).toBeGreaterThan(290);
    expect(new Set(people.map(({ email }) => email)).size).toBe(people.length);
    for (const { email } of people) expect(email).toMatch(/^[a-z]+\.[a-z]+\d*@example\.com$/);
    expect(new Set(people.map(({ country }) => country)).size).toBeGreaterThan(8);
  });

  it("lets a few bring many and most bring nobody", () => {
    const brought = new Map<string, number>();
    for (const { origin } of joinsOf(story)) {
      if (origin.kind === "visit")
        brought.set(origin.visit.advocate, (brought.get(origin.visit.advocate) ?? 0) + 1);
    }
    const counts = [...brought.values()];
    expect(counts.filter((count) => count >= 8).length).toBeGreaterThanOrEqual(4);
    expect(brought.size).toBeLessThan(joinsOf(story).length / 2);
    expect(brought.get("cust-1001")).toBeGreaterThanOrEqual(8);
  });

  it("sells on both sides of the threshold, most of all before Diwali, at profits of a shop", () => {
    const orders = ordersOf(story);
    expect(orders.length).toBeGreaterThan(500);
    const small = orders.filter(({ amount }) => amount <= 100_000).length / orders.length;
    expect(small).toBeGreaterThan(0.1);
    expect(small).toBeLessThan(0.4);
    for (const { amount, profit } of orders) {
      expect(profit / amount).toBeGreaterThan(0.09);
      expect(profit / amount).toBeLessThan(0.31);
    }
    const diwali = startOfDay(new Date("2026-11-05T12:00:00Z"));
    expect(season(diwali)).toBeGreaterThan(3);
    const week = orders.filter(({ at }) => Math.abs(at.getTime() - diwali.getTime()) < 3.5 * DAY_MS).length;
    expect(week / (orders.length / 26)).toBeGreaterThan(2);
  });

  it("never refunds more than was paid", () => {
    const paid = new Map(ordersOf(story).map((order) => [order.externalId, order.amount]));
    const refunds = story.acts.filter((act) => act.kind === "refund");
    expect(refunds.length).toBeGreaterThan(15);
    for (const { order, amount } of refunds) {
      const left = (paid.get(order) ?? 0) - amount;
      expect(left).toBeGreaterThanOrEqual(0);
      paid.set(order, left);
    }
  });

  it("is told in any season", () => {
    for (let month = 0; month < 12; month++) {
      const at = new Date(Date.UTC(2027, month, 9, 12));
      expect(ordersOf(tellStory(at)).length).toBeGreaterThan(400);
    }
  });
});
