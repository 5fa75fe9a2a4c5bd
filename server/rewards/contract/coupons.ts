import { type Static, Type } from "typebox";
import {
  Closed,
  ExternalId,
  IdText,
  ListOf,
  MoneySchema,
  Nullable,
  OneOf,
  PageQuery,
} from "../../primitives/wire.ts";

export const CouponParams = Closed({
  code: Type.String({
    minLength: 1,
    maxLength: 60,
    description: "The code, in any case, with blanks or dashes",
  }),
});
export const CouponUse = Closed({ external_id: ExternalId });

export const CouponAnswer = Closed({
  code: Nullable(Type.String({ description: "For its owner null until the coupon can be used" })),
  reward_id: Type.String(),
  participant_id: Type.String(),
  label: Type.String(),
  value: Type.Union([Closed({ percent: Type.String() }), Closed({ amount: MoneySchema })]),
  status: OneOf(["pending", "available", "redeemed", "expired", "withdrawn"]),
  expires_at: Nullable(Type.String()),
  redeemed_at: Nullable(Type.String()),
  external_id: Nullable(Type.String({ description: "Your order it was used for" })),
  created_at: Type.String(),
});

export const CouponsQuery = Closed({
  limit: PageQuery.limit,
  after: PageQuery.after,
  before: PageQuery.before,
  participant_id: Type.Optional(IdText),
});
export const CouponList = ListOf(CouponAnswer);

export type CouponAnswer = Static<typeof CouponAnswer>;
