import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { restorations } from "./restoration.ts";
import { reversals } from "./reversal.ts";

const rupees = (minor: bigint) => ({ minor, currency: "INR" });
const minor = fc.bigInt({ min: 1n, max: 10n ** 15n });

describe("a chargeback that is reversed", () => {
  test("leaves each reward as if it had never been", () => {
    fc.assert(
      fc.property(
        fc.record({ paid: minor, earned: fc.array(minor, { maxLength: 5 }), cuts: fc.tuple(minor, minor) }),
        ({ paid, earned, cuts: [first, second] }) => {
          const refunded = first % (paid + 1n);
          const chargedBack = second % (paid - refunded + 1n);
          const book = earned.map((each, index) => ({
            rewardId: `rwd_${index}` as const,
            state: "available" as const,
            earned: rupees(each),
            reversedMinor: (each * refunded) / paid,
          }));
          const taken = reversals(book, rupees(paid), refunded + chargedBack);
          const after = book.map((reward) => ({
            ...reward,
            reversedMinor:
              reward.reversedMinor +
              (taken.find((one) => one.rewardId === reward.rewardId)?.amount.minor ?? 0n),
          }));
          const given = restorations(after, rupees(paid), refunded);
          expect(given.map(({ rewardId, amount }) => [rewardId, amount.minor])).toEqual(
            taken.map(({ rewardId, amount }) => [rewardId, amount.minor]),
          );
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test.each(["cancelled", "expired"] as const)("gives nothing to a reward that is %s", (state) => {
    const reward = { rewardId: "rwd_1" as const, state, earned: rupees(100n), reversedMinor: 60n };
    expect(restorations([reward], rupees(100n), 0n)).toEqual([]);
  });
});
