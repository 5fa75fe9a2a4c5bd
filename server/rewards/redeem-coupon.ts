import { appendEvents } from "../events/append-events.ts";
import { postTransfers } from "../ledger/post-transfers.ts";
import { transferOf } from "../ledger/transfer.ts";
import { parseCode } from "../links/code.ts";
import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { type CouponRow, refuseCoupon } from "./coupon.ts";
import { couponFacts } from "./presentation.ts";
import { lockCoupon, markCouponRedeemed } from "./store/coupons.ts";
import { addRedeemed } from "./store/redemptions.ts";

/** Uses a coupon for one order of the shop, exactly once; the same order asks again and hears the same. */
export async function redeemCoupon(
  tx: Tx,
  text: string,
  externalId: string,
): Promise<{ coupon: CouponRow; isNew: boolean }> {
  const code = parseCode(text);
  const coupon = code === null ? null : await lockCoupon(tx, code);
  if (!coupon) throw new Refusal("unknown_coupon");
  if (coupon.redeemedFor === externalId) return { coupon, isNew: false };
  const refusal = refuseCoupon(coupon, tx.now);
  if (refusal) throw refusal;
  await markCouponRedeemed(tx, coupon.code, externalId);
  await addRedeemed(tx, [{ reward_id: coupon.rewardId, amount: 1 }]);
  const redeemed: CouponRow = {
    ...coupon,
    redeemedAt: tx.now,
    redeemedFor: externalId,
    rewardStatus: "paid",
  };
  await post(tx, redeemed);
  return { coupon: redeemed, isNew: true };
}

async function post(tx: Tx, coupon: CouponRow): Promise<void> {
  const { rewardId, participantId: ownerId } = coupon;
  const currency = "CPN";
  await postTransfers(tx, [
    transferOf({
      idempotencyKey: `${rewardId}:redeemed`,
      from: { ownerId, purse: "available" },
      to: { ownerId, purse: "paid" },
      amount: { minor: 1n, currency },
      reason: "redeemed",
      subjectId: rewardId,
      occurredAt: tx.now,
    }),
  ]);
  await appendEvents(tx, [
    {
      type: "reward.redeemed",
      subjectId: rewardId,
      audience: [ownerId],
      object: couponFacts(coupon, tx.now),
      moves: [
        { purse: "available", currency, amount: -1 },
        { purse: "paid", currency, amount: 1 },
      ],
    },
  ]);
}
