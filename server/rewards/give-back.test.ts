import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sumOfUses } from "./counter.ts";
import { type CountedReward, giveBacks } from "./give-back.ts";

const CAP = "cap:monthly:par_a:2026-03";
const SPENT = "promotion:prm_1:spent";
const reward = (minor: bigint, spent: bigint, currency = "INR"): CountedReward => ({
  to: "par_a",
  earned: { minor, currency },
  uses: [
    { key: CAP, amount: minor },
    { key: SPENT, amount: spent },
  ],
});

describe("what a refund gives back", () => {
  test("is free again in the cap, and of a budget the part rounded down", () => {
    expect(giveBacks(reward(100n, 33n), 0n, 50n, "give_back")).toEqual([
      { key: CAP, amount: -50n },
      { key: SPENT, amount: -16n },
    ]);
  });

  test("is nothing where the plan keeps it, but points go all the same", () => {
    expect(giveBacks(reward(100n, 33n), 0n, 50n, "keep")).toEqual([]);
    expect(giveBacks(reward(10n, 0n, "PTS"), 0n, 4n, "keep")).toEqual([{ key: "points:par_a", amount: -4n }]);
  });

  test("is used again when a chargeback is reversed", () => {
    expect(giveBacks(reward(100n, 33n), 100n, 40n, "give_back")).toEqual([
      { key: CAP, amount: 60n },
      { key: SPENT, amount: 20n },
    ]);
  });

  test("leaves whoever a promotion counted among its people", () => {
    const uses = ["promotion:pro_1:advocates", "promotion:pro_1:advocate:par_a"].map((key) => ({
      key,
      amount: 1n,
    }));
    expect(giveBacks({ ...reward(100n, 0n), uses }, 0n, 100n, "give_back")).toEqual([]);
  });

  test("is the same in any number of parts, and all of it at the end", () => {
    const steps = fc.array(fc.bigInt({ min: 0n, max: 1_000n }), { maxLength: 8 });
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 1_000n }),
        fc.bigInt({ min: 1n, max: 1_000n }),
        steps,
        (earned, spent, parts) => {
          const one = reward(earned, spent, "PTS");
          let before = 0n;
          const changes = [...parts.map((part) => (part < earned ? part : earned)), earned].flatMap(
            (after) => {
              const change = giveBacks(one, before, after, "give_back");
              before = after;
              return change;
            },
          );
          expect(new Set(sumOfUses(changes))).toEqual(
            new Set([
              { key: CAP, amount: -earned },
              { key: "points:par_a", amount: -earned },
              { key: SPENT, amount: -spent },
            ]),
          );
        },
      ),
    );
  });
});
