import { type ExchangeRate, exchange } from "../primitives/exchange.ts";
import type { Money } from "../primitives/money.ts";

/** What a refund of a foreign purchase brings the refunded total to, in the program's currency. */
export type CountedTotal = {
  countedMinor: bigint;
  /** The two sides of the fraction that is taken back of each reward. */
  refundedMinor: bigint;
  amount: Money;
  /** All that was paid is refunded by now. */
  isWhole: boolean;
};

/**
 * Exchanged by the purchase's own rate, over the total of all refunds, so that parts that add up to the purchase
 * give back exactly its amount. `refundedMinor` is what refunds have counted before.
 */
export function countedTotal(
  amount: Money,
  refundedMinor: bigint,
  total: { refunded: Money; paid: Money },
  rate: ExchangeRate | null,
): CountedTotal {
  const isWhole = total.refunded.minor === total.paid.minor;
  const exchanged =
    rate === null ? total.refunded.minor : exchange(total.refunded, rate, amount.currency).minor;
  const next = isWhole ? amount.minor : exchanged > refundedMinor ? exchanged : refundedMinor;
  const countedMinor = next - refundedMinor;
  // What is worth nothing in the program's currency can have paid a fixed reward, and is refunded whole or not.
  if (amount.minor === 0n)
    return { countedMinor, refundedMinor: isWhole ? 1n : 0n, amount: { ...amount, minor: 1n }, isWhole };
  return { countedMinor, refundedMinor: next, amount, isWhole };
}
