import { parseCode } from "../links/code.ts";
import type { Reader } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import type { CouponRow } from "./coupon.ts";
import { listCoupons, readCoupon } from "./store/coupons.ts";

type Page = Parameters<typeof listCoupons>[1];

/** Coupons, newest first, one page; or the one with a code, as a person types it. */
export async function findCoupons(reader: Reader, by: Page | { code: string }): Promise<CouponRow[]> {
  if (!("code" in by)) return listCoupons(reader, by);
  const code = parseCode(by.code);
  const coupon = code === null ? null : await readCoupon(reader, code);
  if (!coupon) throw new Refusal("unknown_coupon");
  return [coupon];
}
