import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Money } from "../primitives/money.ts";
import { minus, oracleShare } from "./oracle.test-support.ts";
import { isBoundedByProfit } from "./plan.ts";
import { type RefundedReward, refundTotal, reversals } from "./reversal.ts";
import type { RewardId, RewardState } from "./reward.ts";
import { settle } from "./settlement.ts";
import type { SettlementFacts } from "./settlement-facts.ts";
import { factsOf, world } from "./worlds.test-support.ts";

const RUNS = { numRuns: 2_000 };
const AMOUNT_MAX = 10n ** 15n;

const rupees = (minor: bigint): Money => ({ minor, currency: "INR" });
const reward = (earned: bigint, reversedMinor = 0n, state: RewardState = "pending"): RefundedReward => ({
  rewardId: `rwd_${earned}`,
  state,
  earned: rupees(earned),
  reversedMinor,
});

/** What a book of rewards does with a refund: takes each reversal off, and remembers the total. */
function afterRefund(rewards: readonly RefundedReward[], paid: Money, total: bigint): RefundedReward[] {
  const taken = new Map<RewardId, bigint>();
  for (const { rewardId, amount } of reversals(rewards, paid, total)) taken.set(rewardId, amount.minor);
  return rewards.map((each) => ({
    ...each,
    reversedMinor: each.reversedMinor + (taken.get(each.rewardId) ?? 0n),
  }));
}

const net = (rewards: readonly RefundedReward[]) =>
  rewards.reduce((sum, { earned, reversedMinor }) => sum + earned.minor - reversedMinor, 0n);

describe("a refund", () => {
  test("of the whole takes everything back on every level", () => {
    expect(reversals([reward(2_000n), reward(400n)], rupees(200_000n), 200_000n)).toEqual([
      { rewardId: "rwd_2000", amount: rupees(2_000n), isWhole: true },
      { rewardId: "rwd_400", amount: rupees(400n), isWhole: true },
    ]);
  });

  test("of a quarter takes a quarter back", () => {
    expect(reversals([reward(2_000n), reward(400n)], rupees(200_000n), 50_000n)).toEqual([
      { rewardId: "rwd_2000", amount: rupees(500n), isWhole: false },
      { rewardId: "rwd_400", amount: rupees(100n), isWhole: false },
    ]);
  });

  test("takes back only what earlier refunds have not", () => {
    expect(reversals([reward(2_000n, 500n)], rupees(200_000n), 150_000n)).toEqual([
      { rewardId: "rwd_2000", amount: rupees(1_000n), isWhole: false },
    ]);
  });

  test("rounds down, so a part too small for a coin takes nothing back yet", () => {
    expect(reversals([reward(400n)], rupees(200_000n), 499n)).toEqual([]);
    expect(reversals([reward(400n)], rupees(200_000n), 500n)).toEqual([
      { rewardId: "rwd_400", amount: rupees(1n), isWhole: false },
    ]);
  });

  test("takes back points in the same proportion", () => {
    const points = { ...reward(10n), earned: { minor: 10n, currency: "PTS" } };
    expect(reversals([points], rupees(200_000n), 100_000n)[0]?.amount).toEqual({
      minor: 5n,
      currency: "PTS",
    });
  });

  test("reaches a reward that was paid out", () => {
    expect(reversals([reward(400n, 0n, "paid")], rupees(1_000n), 1_000n)).toHaveLength(1);
  });

  test.each(["cancelled", "reversed", "expired"] as const)("leaves a reward alone that is %s", (state) => {
    expect(reversals([reward(400n, 0n, state)], rupees(1_000n), 1_000n)).toEqual([]);
  });

  test("of more than is left is refused", () => {
    expect(refundTotal(rupees(1_000n), 400n, rupees(600n))).toBe(1_000n);
    expect(() => refundTotal(rupees(1_000n), 400n, rupees(601n))).toThrow(
      expect.objectContaining({
        code: "refund_exceeds_purchase",
        details: {
          facts: { left: 600, currency: "INR" },
          errors: [expect.objectContaining({ pointer: "/amount/amount" })],
        },
      }),
    );
  });

  test("in another currency is refused", () => {
    expect(() => refundTotal(rupees(1_000n), 0n, { minor: 1n, currency: "USD" })).toThrow(
      expect.objectContaining({ code: "wrong_currency" }),
    );
  });
});

/** An amount and the totals refunded after each of up to twelve refunds, the last being all of it. */
const refundHistory = fc
  .oneof(fc.bigInt({ min: 1n, max: 50n }), fc.bigInt({ min: 1n, max: AMOUNT_MAX }))
  .chain((amount) =>
    fc.record({
      amount: fc.constant(amount),
      totals: fc
        .uniqueArray(fc.bigInt({ min: 1n, max: amount }), { maxLength: 11 })
        .map((cuts) => [...cuts.filter((cut) => cut < amount).sort((a, b) => (a < b ? -1 : 1)), amount]),
    }),
  );

const earnings = fc.uniqueArray(
  fc.oneof(fc.bigInt({ min: 1n, max: 20n }), fc.bigInt({ min: 1n, max: AMOUNT_MAX })),
  { minLength: 1, maxLength: 6 },
);

describe("any sequence of refunds", () => {
  test("leaves after each what paper arithmetic leaves, and nothing at the end", () => {
    fc.assert(
      fc.property(refundHistory, earnings, ({ amount, totals }, earned) => {
        let rewards = earned.map((each) => reward(each));
        for (const total of totals) {
          rewards = afterRefund(rewards, rupees(amount), total);
          for (const each of rewards) {
            const whole = String(each.earned.minor);
            const left = minus(whole, oracleShare(whole, String(total), String(amount)));
            expect(String(each.earned.minor - each.reversedMinor)).toBe(left);
          }
        }
        expect(net(rewards)).toBe(0n);
      }),
      RUNS,
    );
  });

  test("moves money one way only, and calls a reward whole exactly when nothing of it remains", () => {
    fc.assert(
      fc.property(refundHistory, earnings, ({ amount, totals }, earned) => {
        let rewards = earned.map((each) => reward(each));
        for (const total of totals) {
          const steps = reversals(rewards, rupees(amount), total);
          const next = afterRefund(rewards, rupees(amount), total);
          for (const { rewardId, amount: taken, isWhole } of steps) {
            expect(taken.minor).toBeGreaterThan(0n);
            const after = next.find((each) => each.rewardId === rewardId);
            expect(isWhole).toBe(after?.earned.minor === after?.reversedMinor);
          }
          rewards = next;
          expect(reversals(rewards, rupees(amount), total)).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  test("of any purchases in any order keeps what is owed within the profit, and ends at zero for everyone", () => {
    fc.assert(
      fc.property(history, ({ given, purchases, refunds }) => {
        const facts = factsOf(given);
        const isBounded = isBoundedByProfit(facts.plan);
        const book = purchases.map((purchase) => settled(facts, purchase));
        const step = (sale: Sale, share: number) => {
          const refund = ((sale.paid.minor - sale.refunded) * BigInt(share)) / SHARE_WHOLE;
          sale.refunded = refundTotal(sale.paid, sale.refunded, rupees(refund));
          const before = net(sale.rewards);
          sale.rewards = afterRefund(sale.rewards, sale.paid, sale.refunded);
          expect(net(sale.rewards)).toBeLessThanOrEqual(before);
          for (const each of sale.rewards) expect(each.reversedMinor).toBeLessThanOrEqual(each.earned.minor);
          if (isBounded) expect(net(inMoney(sale.rewards))).toBeLessThanOrEqual(sale.profit);
        };
        for (const { index, share } of refunds) {
          const sale = book[index % book.length];
          if (sale !== undefined) step(sale, share);
        }
        for (const sale of book) step(sale, Number(SHARE_WHOLE));
        expect(book.flatMap(({ rewards }) => rewards).filter((each) => net([each]) !== 0n)).toEqual([]);
      }),
      RUNS,
    );
  });
});

const SHARE_WHOLE = 1_000n;

type Sale = { paid: Money; profit: bigint; refunded: bigint; rewards: RefundedReward[] };

/** Up to four purchases of one buyer, then partial refunds of them in any order. */
const history = fc.record({
  given: world.filter(({ referral }) => referral === "counts"),
  purchases: fc.array(
    fc.record({
      amount: fc.oneof(fc.bigInt({ min: 1n, max: 300_000n }), fc.bigInt({ min: 1n, max: AMOUNT_MAX })),
      profit: fc.option(fc.bigInt({ min: -10n, max: AMOUNT_MAX })),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  refunds: fc.array(fc.record({ index: fc.nat(), share: fc.nat({ max: 1_000 }) }), { maxLength: 10 }),
});

function settled(
  facts: SettlementFacts,
  { amount, profit }: { amount: bigint; profit: bigint | null },
): Sale {
  const paid = rupees(amount);
  const settlement = settle({
    ...facts,
    conversion: {
      ...facts.conversion,
      kind: "purchase",
      amount: paid,
      profit: profit === null ? null : rupees(profit),
    },
  });
  return {
    paid,
    profit: settlement.profit.minor > 0n ? settlement.profit.minor : 0n,
    refunded: 0n,
    rewards: settlement.grants.map(({ amount: earned }, index) => {
      return { rewardId: `rwd_${index}`, state: "pending", earned, reversedMinor: 0n };
    }),
  };
}

function inMoney(rewards: readonly RefundedReward[]): RefundedReward[] {
  return rewards.filter(({ earned }) => earned.currency === "INR");
}
