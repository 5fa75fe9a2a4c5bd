import { appendEvents } from "../events/append-events.ts";
import { holdBalances } from "../ledger/hold-balances.ts";
import { postTransfers } from "../ledger/post-transfers.ts";
import { transferOf } from "../ledger/transfer.ts";
import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { expireRewards } from "./expire-rewards.ts";
import { unusedOf } from "./expiry.ts";
import { redemptionFacts } from "./presentation.ts";
import type { RedemptionRow } from "./redemption.ts";
import { lockRedemption, markRedemptionReversed, takeRedeemed } from "./store/redemptions.ts";
import { lockRewardsById, type RewardRow } from "./store.ts";

/** Gives back what a redemption used, to the rewards it came from; what of it has run out meanwhile expires at once. */
export async function reverseRedemption(
  tx: Tx,
  participantId: string,
  id: string,
): Promise<{ redemption: RedemptionRow; isNew: boolean }> {
  const available = await holdBalances(tx, [participantId]);
  const known = await lockRedemption(tx, participantId, id);
  if (!known) throw new Refusal("not_found");
  if (known.status === "reversed") return { redemption: known, isNew: false };
  const redemption = await markRedemptionReversed(tx, id);
  const { parts, currency, amountMinor: minor } = redemption;
  await postTransfers(tx, [
    transferOf({
      idempotencyKey: `${id}:redemption_reversed`,
      from: { ownerId: participantId, purse: "paid" },
      to: { ownerId: participantId, purse: "available" },
      amount: { minor, currency },
      reason: "redemption_reversed",
      subjectId: id,
      occurredAt: tx.now,
    }),
  ]);
  await appendEvents(tx, [
    {
      type: "redemption.reversed",
      subjectId: id,
      audience: [participantId],
      object: redemptionFacts(redemption),
      moves: [
        { purse: "paid", currency, amount: -Number(minor) },
        { purse: "available", currency, amount: Number(minor) },
      ],
    },
  ]);
  if (parts.length === 0) return { redemption, isNew: true };
  await takeRedeemed(tx, parts);
  const given = new Map(parts.map((part) => [part.reward_id, BigInt(part.amount)]));
  const over = (await lockRewardsById(tx, [...given.keys()])).filter(({ status }) => status === "expired");
  const due = over.map((reward) => ({
    ...reward,
    unusedMinor: unusedAgain(reward, given.get(reward.id) ?? 0n),
  }));
  await expireRewards(tx, due, () => available(participantId, currency) + minor, `again:${id}`);
  return { redemption, isNew: true };
}

/** Of what was given back, the part that neither expired before nor was taken back by refunds. */
function unusedAgain(reward: RewardRow, givenMinor: bigint): bigint {
  const left = unusedOf(reward) - reward.expiredMinor;
  return left < 0n ? 0n : left < givenMinor ? left : givenMinor;
}
