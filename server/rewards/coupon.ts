import { Refusal } from "../primitives/refusal.ts";
import type { RewardState } from "./reward.ts";

/** The currency in which coupons are granted: one unit is one coupon. */
const COUPONS = "CPN";

/** What a coupon is worth in the shop: a percent, or an amount of money. */
export type CouponValue = { percent: string } | { amount: { amount: number; currency: string } };

export type CouponTerms = { label: string; value: CouponValue };

export type CouponRow = CouponTerms & {
  code: string;
  rewardId: string;
  participantId: string;
  createdAt: Date;
  redeemedAt: Date | null;
  redeemedFor: string | null;
  /** Of the reward it is. */
  rewardStatus: RewardState;
  expiresAt: Date | null;
};

export type CouponStatus = "pending" | "available" | "redeemed" | "expired" | "withdrawn";

export function isCoupon({ currency }: { currency: string }): boolean {
  return currency === COUPONS;
}

/** What the rule of a plan says on its coupons. */
export function couponTermsOf(document: unknown, ruleId: string): CouponTerms {
  const rules =
    (document as { rules?: readonly ({ id: string } & Partial<CouponTerms>)[] } | null)?.rules ?? [];
  const rule = rules.find(({ id }) => id === ruleId);
  if (rule?.label === undefined || rule.value === undefined)
    throw new Error(`Rule "${ruleId}" grants coupons without a label or a value.`);
  return { label: rule.label, value: rule.value };
}

/** The database's clock decides, also before the worker has come by. */
export function couponStatus(coupon: CouponRow, now: Date): CouponStatus {
  const { redeemedAt, rewardStatus, expiresAt } = coupon;
  if (redeemedAt !== null) return "redeemed";
  switch (rewardStatus) {
    case "pending":
    case "held":
      return "pending";
    case "expired":
      return "expired";
    case "available":
      return expiresAt !== null && expiresAt.getTime() <= now.getTime() ? "expired" : "available";
    case "paid":
    case "cancelled":
    case "reversed":
      return "withdrawn";
  }
}

/** Why a coupon cannot be used now; null when it can. */
export function refuseCoupon(coupon: CouponRow, now: Date): Refusal | null {
  switch (couponStatus(coupon, now)) {
    case "available":
      return null;
    case "pending":
      return new Refusal("coupon_not_available");
    case "redeemed":
      return new Refusal("coupon_used");
    case "expired":
      return new Refusal("coupon_expired");
    case "withdrawn":
      return new Refusal("coupon_withdrawn");
  }
}
