import { type AnyDoor, door } from "../../access/door.ts";
import { ownParticipant } from "../../access/permission.ts";
import { recordAudit } from "../../access/record-audit.ts";
import { pageOf, pageWindow } from "../../primitives/page.ts";
import * as contract from "../contract/coupons.ts";
import { findCoupons } from "../find-coupons.ts";
import { couponWire } from "../presentation.ts";
import { redeemCoupon } from "../redeem-coupon.ts";
import type { RewardsDeps } from "./deps.ts";

export const couponRoutes = ({ db }: Pick<RewardsDeps, "db">): AnyDoor[] => [
  door({
    method: "GET",
    path: "/v1/coupons",
    operation: "coupons.list",
    limit: "read",
    summary: "Coupons, newest first",
    tag: "Coupons",
    schema: { query: contract.CouponsQuery, response: { 200: contract.CouponList } },
    handle: async ({ actor, programId, query }) => ({
      status: 200,
      body: await db.read(programId, async (reader) => {
        const own = ownParticipant(actor);
        const participantId = own ?? query.participant_id ?? null;
        const rows = await findCoupons(reader, { ...pageWindow(query, "rwd"), participantId });
        const now = new Date();
        return pageOf(
          rows,
          query,
          (row) => row.rewardId,
          (row) => couponWire(row, now, own !== null),
        );
      }),
    }),
  }),
  door({
    method: "GET",
    path: "/v1/coupons/:code",
    operation: "coupons.read",
    limit: "read",
    summary: "One coupon by its code: what it is worth, and whether it can be used",
    tag: "Coupons",
    schema: { params: contract.CouponParams, response: { 200: contract.CouponAnswer } },
    handle: async ({ programId, params }) => ({
      status: 200,
      body: await db.read(programId, async (reader) => {
        const [coupon] = await findCoupons(reader, { code: params.code });
        return coupon && couponWire(coupon, new Date(), false);
      }),
    }),
  }),
  door({
    method: "POST",
    path: "/v1/coupons/:code/redeem",
    operation: "coupons.redeem",
    limit: "money",
    summary: "Use a coupon for one of your orders, once",
    tag: "Coupons",
    schema: {
      params: contract.CouponParams,
      body: contract.CouponUse,
      response: { 200: contract.CouponAnswer, 201: contract.CouponAnswer },
    },
    handle: ({ params, body, actor, requestId, write }) =>
      write(async (tx) => {
        const { coupon, isNew } = await redeemCoupon(tx, params.code, body.external_id);
        if (isNew)
          await recordAudit(tx, [
            { actor, operation: "coupons.redeem", subjectId: coupon.rewardId, requestId },
          ]);
        return { status: isNew ? 201 : 200, body: couponWire(coupon, tx.now, false) };
      }),
  }),
];
