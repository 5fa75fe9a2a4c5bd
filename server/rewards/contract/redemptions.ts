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
  Text,
} from "../../primitives/wire.ts";

const PARTICIPANT = Type.String({
  minLength: 1,
  maxLength: 210,
  description: "A participant's id, ext:{external_id}, or me",
});

export const RedeemerParams = Closed({ participant: PARTICIPANT });
export const RedemptionParams = Closed({ participant: PARTICIPANT, redemption: IdText });

export const NewRedemption = Closed({
  currency: OneOf(["PTS", "CRD"], { description: "Points, or credit in hundredths" }),
  amount: Type.Integer({ minimum: 1, maximum: 1e15, description: "Whole minor units" }),
  external_id: Type.Optional(ExternalId),
  note: Type.Optional(Text(500, { description: "For your team; participants do not see it" })),
});

export const RedemptionAnswer = Closed({
  id: Type.String(),
  participant_id: Type.String(),
  external_id: Nullable(Type.String()),
  amount: MoneySchema,
  status: OneOf(["redeemed", "reversed"]),
  parts: Type.Array(Closed({ reward_id: Type.String(), amount: MoneySchema }), {
    description: "Of which rewards how much was used, the oldest to expire first",
  }),
  note: Nullable(Type.String()),
  created_at: Type.String(),
  reversed_at: Nullable(Type.String()),
});

export const RedemptionsQuery = Closed({
  limit: PageQuery.limit,
  after: PageQuery.after,
  before: PageQuery.before,
});
export const RedemptionList = ListOf(RedemptionAnswer);

export type RedemptionAnswer = Static<typeof RedemptionAnswer>;
