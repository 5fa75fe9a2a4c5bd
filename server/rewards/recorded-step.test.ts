import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mergeStreams, type Stream } from "./recorded-step.ts";

const refund = (key: string, at: number) => ({
  at: new Date(at),
  step: { kind: "refund" as const, key, addedMinor: 1n, at: new Date(at) },
});
const stream = (name: string, times: readonly number[]): Stream["items"] =>
  [...times].sort((a, b) => a - b).map((at, index) => refund(`${name}${index}`, at));
const keys = (steps: ReturnType<typeof mergeStreams>["steps"]) => steps.map(({ key }) => key);

describe("what happened, from several lists", () => {
  test("comes in the order of time; of what happens at once, the earlier list comes first", () => {
    const { steps, taken } = mergeStreams([
      { items: stream("a", [2, 4]), isLast: true },
      { items: stream("b", [1, 2, 5]), isLast: true },
    ]);
    expect(keys(steps)).toEqual(["b0", "a0", "b1", "a1", "b2"]);
    expect(taken).toEqual([2, 3]);
  });

  test("goes no further than every list is known, and passes what is nothing to replay", () => {
    const { steps, taken } = mergeStreams([
      { items: [{ at: new Date(1), step: null }, ...stream("a", [3])], isLast: false },
      { items: stream("b", [2, 4]), isLast: true },
    ]);
    expect(keys(steps)).toEqual(["b0", "a0"]);
    expect(taken).toEqual([2, 1]);
    expect(
      mergeStreams([
        { items: [], isLast: false },
        { items: stream("b", [2]), isLast: true },
      ]).steps,
    ).toEqual([]);
  });

  test("is the same in pieces of any size as in one", () => {
    const times = fc.array(fc.nat({ max: 50 }), { maxLength: 40 });
    fc.assert(
      fc.property(times, times, fc.integer({ min: 1, max: 7 }), (a, b, size) => {
        const lists = [stream("a", a), stream("b", b)];
        const whole = mergeStreams(lists.map((items) => ({ items, isLast: true }))).steps;
        const places = [0, 0];
        const pieces: string[] = [];
        for (;;) {
          const piece = lists.map((items, index) => {
            const shown = items.slice(places[index], (places[index] ?? 0) + size);
            return { items: shown, isLast: shown.length < size };
          });
          const { steps, taken } = mergeStreams(piece);
          pieces.push(...keys(steps));
          taken.forEach((count, index) => {
            places[index] = (places[index] ?? 0) + count;
          });
          if (piece.every(({ isLast }) => isLast)) break;
        }
        expect(pieces).toEqual(keys(whole));
      }),
    );
  });
});
