import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Candidate, TOUCH_KINDS, winnerOf } from "./attribution-model.ts";
import { MODELS } from "./index.ts";

/** Few moments, so that many touches happen at the same one. */
const touch = fc.record({
  kind: fc.constantFrom(...TOUCH_KINDS),
  at: fc.integer({ min: 0, max: 5 }).map((second) => new Date(second * 1000)),
  key: fc.string({ minLength: 1, maxLength: 3 }),
});
const touches = fc.uniqueArray(touch, { minLength: 1, maxLength: 8, selector: ({ key }) => key });

describe.each([...MODELS.values()])("the model $name", (model) => {
  it("has one winner among touches that may win, and none of none", () => {
    expect(winnerOf(model, [])).toBeNull();
    fc.assert(
      fc.property(touches, (some) => {
        expect(some).toContain(winnerOf(model, some));
      }),
    );
  });

  it("does not depend on the order in which touches are named, also of those at the same moment", () => {
    const shuffled = touches.chain((some) =>
      fc.tuple(
        fc.constant(some),
        fc.shuffledSubarray(some, { minLength: some.length, maxLength: some.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([some, others]) => {
        expect(winnerOf(model, others)).toBe(winnerOf(model, some));
      }),
    );
  });

  it("keeps its winner whatever else loses", () => {
    fc.assert(
      fc.property(touches, (some) => {
        const winner = winnerOf(model, some) as Candidate;
        for (const loser of some.filter((one) => one !== winner))
          expect(
            winnerOf(
              model,
              some.filter((one) => one !== loser),
            ),
          ).toBe(winner);
      }),
    );
  });

  it("orders touches without going in circles, and the same both ways", () => {
    fc.assert(
      fc.property(touch, touch, touch, (a, b, c) => {
        expect(Math.sign(model.compare(a, b))).toBe(-Math.sign(model.compare(b, a)) || 0);
        if (model.compare(a, b) <= 0 && model.compare(b, c) <= 0)
          expect(model.compare(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });
});
