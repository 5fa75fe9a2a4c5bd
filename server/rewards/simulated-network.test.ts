import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { simulate } from "./simulated-network.ts";
import type {
  SimulatedPurchase,
  SimulatedRefund,
  SimulatedSignup,
  SimulatedStep,
  Simulation,
} from "./simulation.ts";

const RUNS = { numRuns: 60 };
const DAY_MS = 86_400_000;

const simulations = fc.record({
  seed: fc.nat({ max: 2 ** 32 - 1 }),
  participants: fc.integer({ min: 1, max: 300 }),
  months: fc.integer({ min: 1, max: 18 }),
  currency: fc.constantFrom("INR", "EUR", "JPY"),
  startsAt: fc.date({ min: new Date("2024-01-01"), max: new Date("2027-12-31"), noInvalidDate: true }),
  purchases: fc.nat({ max: 1_000 }),
  directLimit: fc.constantFrom(null, 1, 2, 8),
  depthMax: fc.constantFrom(1, 2, 5, 16),
  referredShare: fc.constantFrom(0, 0.5, 1),
  refunds: fc.record({
    share: fc.constantFrom(0, 0.1, 1),
    partialShare: fc.constantFrom(0, 0.5, 1),
    delayDays: fc.constantFrom(0, 1, 30),
  }),
});

const LARGE: Simulation = {
  seed: 20_261,
  participants: 20_000,
  months: 12,
  currency: "INR",
  purchases: 100_000,
  orderMedian: 150_000,
  directLimit: 8,
  depthMax: 6,
  referredShare: 0.7,
  refunds: { share: 0.05, partialShare: 0.4, delayDays: 10 },
};

function stepsOf(simulation: Simulation) {
  const all: SimulatedStep[] = [...simulate(simulation)];
  return {
    all,
    signups: all.filter((step): step is SimulatedSignup => step.kind === "signup"),
    purchases: all.filter((step): step is SimulatedPurchase => step.kind === "purchase"),
    refunds: all.filter((step): step is SimulatedRefund => step.kind === "refund"),
  };
}

const shareOf = <Item>(items: readonly Item[], holds: (item: Item) => boolean): number =>
  items.filter(holds).length / items.length;

describe("any simulated network", () => {
  test("is the same for the same seed", () => {
    fc.assert(
      fc.property(simulations, (simulation) => {
        expect([...simulate(simulation)]).toEqual([...simulate(simulation)]);
      }),
      RUNS,
    );
  });

  test("comes in the order of time, causes before their effects", () => {
    fc.assert(
      fc.property(simulations, (simulation) => {
        const joined = new Set<number>();
        const bought = new Map<number, SimulatedPurchase>();
        let before = 0;
        for (const step of simulate(simulation)) {
          expect(step.at.getTime()).toBeGreaterThanOrEqual(before);
          before = step.at.getTime();
          if (step.kind === "signup") {
            if (step.advocate !== null) expect(joined).toContain(step.advocate);
            joined.add(step.participant);
          } else if (step.kind === "purchase") {
            expect(joined).toContain(step.participant);
            bought.set(step.purchase, step);
          } else {
            const purchase = bought.get(step.purchase);
            expect(purchase?.participant).toBe(step.participant);
            expect(step.amount.minor).toBeLessThanOrEqual(purchase?.amount.minor ?? 0n);
            expect(step.at.getTime()).toBeGreaterThan(purchase?.at.getTime() ?? 0);
            // One purchase is given back once.
            bought.delete(step.purchase);
          }
        }
      }),
      RUNS,
    );
  });

  test("has as many people and purchases as asked, within the limits and the months", () => {
    fc.assert(
      fc.property(simulations, (simulation) => {
        const { signups, purchases } = stepsOf(simulation);
        expect(signups.map(({ participant }) => participant)).toEqual(
          Array.from({ length: simulation.participants }, (_, index) => index),
        );
        expect(purchases).toHaveLength(simulation.purchases);
        const depths: number[] = [];
        const directs = new Map<number, number>();
        for (const { participant, advocate, channel } of signups) {
          depths[participant] = advocate === null ? 0 : (depths[advocate] ?? 0) + 1;
          expect(channel === null).toBe(advocate === null);
          if (advocate !== null) directs.set(advocate, (directs.get(advocate) ?? 0) + 1);
        }
        expect(Math.max(...depths)).toBeLessThanOrEqual(simulation.depthMax);
        expect(Math.max(0, ...directs.values())).toBeLessThanOrEqual(simulation.directLimit ?? Infinity);
        const { startsAt, months } = simulation;
        const first = Math.floor(startsAt.getTime() / DAY_MS) * DAY_MS;
        const end = Date.UTC(
          startsAt.getUTCFullYear(),
          startsAt.getUTCMonth() + months,
          startsAt.getUTCDate(),
        );
        for (const { at } of [...signups, ...purchases]) {
          expect(at.getTime()).toBeGreaterThanOrEqual(first);
          expect(at.getTime()).toBeLessThanOrEqual(end);
        }
      }),
      RUNS,
    );
  });

  test("sells for whole positive amounts and never more profit than that", () => {
    fc.assert(
      fc.property(simulations, (simulation) => {
        for (const { amount, profit } of stepsOf(simulation).purchases) {
          expect(amount.currency).toBe(simulation.currency);
          expect(amount.minor).toBeGreaterThan(0n);
          expect(profit.minor).toBeGreaterThanOrEqual(0n);
          expect(profit.minor).toBeLessThanOrEqual(amount.minor);
        }
      }),
      RUNS,
    );
  });
});

describe("a large simulated network", () => {
  const { signups, purchases, refunds } = stepsOf(LARGE);

  test("has the shares that were asked for", () => {
    expect(shareOf(signups, ({ advocate }) => advocate !== null)).toBeCloseTo(0.7, 1);
    expect(refunds.length / purchases.length).toBeCloseTo(0.05, 2);
    const prices = new Map(purchases.map(({ purchase, amount }) => [purchase, amount.minor]));
    expect(
      shareOf(refunds, ({ purchase, amount }) => amount.minor < (prices.get(purchase) ?? 0n)),
    ).toBeCloseTo(0.4, 1);
    expect(shareOf(signups, ({ country }) => country === "IN")).toBeCloseTo(0.7, 1);
    expect(shareOf(signups, ({ segment }) => segment === "regular")).toBeCloseTo(0.25, 1);
    expect(shareOf(purchases, ({ product }) => product === "basic")).toBeCloseTo(0.55, 1);
  });

  test("orders around the median, as a log-normal in each segment", () => {
    const segments = new Map(signups.map(({ participant, segment }) => [participant, segment]));
    const logs = purchases
      .filter(({ participant }) => segments.get(participant) === "regular")
      .map(({ amount }) => Math.log(Number(amount.minor)));
    const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
    const deviation = Math.sqrt(logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / logs.length);
    expect(Math.exp(mean)).toBeGreaterThan(150_000 * 1.2 * 0.97);
    expect(Math.exp(mean)).toBeLessThan(150_000 * 1.2 * 1.03);
    expect(deviation).toBeCloseTo(0.5, 1);
  });

  test("grows, sells more on Saturdays than on Tuesdays, and gives back after the usual delay", () => {
    const month = (step: SimulatedStep) => step.at.getUTCMonth();
    const weekday = (step: SimulatedStep) => step.at.getUTCDay();
    expect(signups.filter((step) => month(step) === 10).length).toBeGreaterThan(
      2 * signups.filter((step) => month(step) === 0).length,
    );
    expect(purchases.filter((step) => weekday(step) === 6).length).toBeGreaterThan(
      1.2 * purchases.filter((step) => weekday(step) === 2).length,
    );
    const soldAt = new Map(purchases.map(({ purchase, at }) => [purchase, at.getTime()]));
    const delays = refunds.map(({ purchase, at }) => at.getTime() - (soldAt.get(purchase) ?? 0));
    const mean = delays.reduce((sum, delay) => sum + delay, 0) / delays.length / DAY_MS;
    expect(mean).toBeGreaterThan(9);
    expect(mean).toBeLessThan(11);
  });

  test("has a few advocates with many friends and many with none", () => {
    const directs = new Array<number>(LARGE.participants).fill(0);
    for (const { advocate } of signups)
      if (advocate !== null) directs[advocate] = (directs[advocate] ?? 0) + 1;
    directs.sort((a, b) => b - a);
    const referred = directs.reduce((sum, count) => sum + count, 0);
    const busiest = directs.slice(0, LARGE.participants / 10).reduce((sum, count) => sum + count, 0);
    expect(busiest / referred).toBeGreaterThan(0.4);
    expect(shareOf(directs, (count) => count === 0)).toBeGreaterThan(0.4);
  });
});

test("tells the first day of a huge network without telling the rest", () => {
  const steps = simulate({ ...LARGE, participants: 5_000_000, purchases: 50_000_000, months: 120 });
  expect(steps.next().value).toMatchObject({ kind: "signup", participant: 0, advocate: null });
});
