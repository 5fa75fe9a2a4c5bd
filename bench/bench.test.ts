import { describe, expect, test } from "vitest";
import { atLeast, atMost, figureOf, median, percentile } from "./figure.ts";
import { parseOptions } from "./options.ts";
import { tableText } from "./table.ts";

const rate = { name: "Clicks", unit: "per_second" } as const;

describe("a figure", () => {
  test("takes the ratio of each round before the median, so that a slow round slows both sides", () => {
    const figure = figureOf({
      ...rate,
      rounds: [600, 300, 900],
      reference: { name: "hello", rounds: [1_000, 500, 1_000] },
      goal: atLeast(0.5),
    });
    expect(figure).toMatchObject({ ours: 600, ratio: 0.6, met: true, reference: { value: 1_000 } });
  });

  test("says how many times slower we are when asked to", () => {
    const slower = (timesMax: number) =>
      figureOf({
        ...rate,
        rounds: [500],
        reference: { name: "with 100", rounds: [1_000] },
        ratio: "reference_to_ours",
        goal: atMost(timesMax),
      });
    expect(slower(1.5)).toMatchObject({ ratio: 2, met: false });
    expect(slower(2)).toMatchObject({ ratio: 2, met: true });
  });

  test("is judged by itself when it has no reference", () => {
    const figure = figureOf({ name: "p99", unit: "ms", rounds: [20, 30, 25], goal: atMost(25) });
    expect(figure).toMatchObject({ ours: 25, ratio: null, met: true });
  });

  test("leaves its goal open when the reference could not run", () => {
    const figure = figureOf({
      ...rate,
      rounds: [100],
      reference: { name: "insert", rounds: [] },
      goal: atLeast(0.6),
    });
    expect(figure).toMatchObject({ reference: null, ratio: null, met: null, goal: { value: 0.6 } });
  });

  test("never meets a goal with a number that is none", () => {
    expect(figureOf({ ...rate, rounds: [], goal: atLeast(0) }).met).toBe(false);
  });

  test("refuses a ratio of unequal rounds", () => {
    const uneven = { ...rate, rounds: [1, 2], reference: { name: "insert", rounds: [1] } };
    expect(() => figureOf(uneven)).toThrow("as many rounds");
  });
});

test("the median of an even number lies between the middle two, whatever their order", () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([10, 9, 100])).toBe(10);
  expect(median([])).toBeNaN();
});

test("a percentile is a value that was seen", () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(percentile(values, 0.5)).toBe(50);
  expect(percentile(values, 0.99)).toBe(99);
  expect(percentile([7], 0.99)).toBe(7);
});

test("the table shows ours, the reference, the ratio, the goal and whether it was met", () => {
  const text = tableText([
    figureOf({
      ...rate,
      rounds: [30_000],
      reference: { name: "node:http hello", rounds: [50_000] },
      goal: atLeast(0.5),
      cost: { node: 21.4, postgres: 9.6 },
    }),
    figureOf({ name: "Clicks, p99", unit: "ms", rounds: [31.2], goal: atMost(25) }),
  ]);
  const cells = text.split("\n").map((line) => line.split(/ {2,}/));
  expect(cells[2]).toEqual([
    "Clicks",
    "30 000/s",
    "50 000/s",
    "node:http hello",
    "0.60",
    "≥ 0.5",
    "yes",
    "21",
    "10",
  ]);
  expect(cells[3]).toEqual(["Clicks, p99", "31.20 ms", "≤ 25 ms", "NO"]);
});

describe("the options", () => {
  const names = ["clicks", "purchases", "million"];

  test("measure everything but the big world, in rounds of five seconds", () => {
    expect(parseOptions([], names)).toEqual({
      only: null,
      rounds: 5,
      seconds: 5,
      bigWorld: null,
      render: null,
    });
  });

  test("choose, and ask for the big world by its size or its name", () => {
    expect(parseOptions(["--quick", "--only", "clicks,purchases"], names)).toMatchObject({
      only: ["clicks", "purchases"],
      rounds: 3,
      seconds: 1,
    });
    expect(parseOptions(["--only", "million"], names).bigWorld).toBe(1_000_000);
    expect(parseOptions(["--people", "5000"], names).bigWorld).toBe(5_000);
  });

  test.each([
    [["--only", "clocks"], 'There is no "clocks" to measure.'],
    [["--rounds", "0"], "--rounds must be a whole number from 1 to 50."],
    [["--fast"], "--fast"],
  ])("refuse %j", (args, because) => {
    expect(() => parseOptions(args, names)).toThrow(because);
  });
});
