import { type Static, Type } from "typebox";
import {
  Closed,
  IdText,
  Instant,
  ListOf,
  MoneySchema,
  Nullable,
  OneOf,
  PageQuery,
  PositiveMoney,
  ReasonSchema,
  SignedMoney,
} from "../primitives/wire.ts";

export const REWARD_STATUSES = [
  "pending",
  "held",
  "available",
  "paid",
  "cancelled",
  "reversed",
  "expired",
] as const;
const ROWS_PER_BULK_MAX = 1_000;

/** What begins with "rh:" is recorded by the product itself. */
const OwnExternalId = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: "^(?!rh:)[^\\x00-\\x1f]+$",
  description: 'your own id, without control characters and not beginning with "rh:"',
});
/** "signup" is recorded by the product itself. */
const Kind = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: "^(?!signup$)[a-z][a-z0-9_.-]*$",
  description: 'a word in small letters, such as purchase; "signup" is the product\'s own',
});

export const NewConversion = Closed({
  kind: Type.Optional(Kind),
  external_id: OwnExternalId,
  participant: Type.String({
    minLength: 1,
    maxLength: 210,
    description: "A participant's id, or ext:{external_id}",
  }),
  amount: Type.Optional(PositiveMoney),
  profit: Type.Optional(SignedMoney),
  occurred_at: Type.Optional(Instant),
  product: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  metadata: Type.Optional(
    Type.Record(
      Type.String({ maxLength: 100 }),
      Type.Union([Type.String({ maxLength: 500 }), Type.Number(), Type.Boolean(), Type.Null()]),
      { maxProperties: 50 },
    ),
  ),
});

export const RewardAnswer = Closed({
  id: Type.String(),
  participant_id: Type.String(),
  conversion_id: Type.String(),
  referee_id: Type.String(),
  /** Where the viewer may know it: the program always, an advocate for their own friends. */
  referee_name: Type.Optional(Nullable(Type.String())),
  participant_name: Type.Optional(Nullable(Type.String())),
  level: Type.Integer(),
  leg_participant_id: Type.String(),
  rule: Type.String(),
  plan_version: Type.Integer(),
  kind: OneOf(["commission", "bonus", "credit", "points", "coupon"]),
  amount: MoneySchema,
  reversed: MoneySchema,
  redeemed: MoneySchema,
  expired: MoneySchema,
  status: OneOf(REWARD_STATUSES),
  display_status: Type.String(),
  available_at: Type.String(),
  expires_at: Nullable(Type.String()),
  reasons: Type.Array(ReasonSchema),
  created_at: Type.String(),
});

const PassAnswer = Closed({
  rule: Type.String(),
  level: Type.Integer(),
  participant_id: Nullable(Type.String()),
  reason: Type.String(),
  message: Type.String(),
});

const conversionFields = {
  id: Type.String(),
  external_id: Type.String(),
  participant_id: Type.String(),
  kind: Type.String(),
  amount: MoneySchema,
  profit: Nullable(MoneySchema),
  status: OneOf(["recorded", "settled"]),
  plan_version: Nullable(Type.Integer()),
  refunded: MoneySchema,
  original: Nullable(
    Closed(
      { amount: MoneySchema, profit: Nullable(MoneySchema), rate_id: Type.String() },
      { description: "What was reported, of a purchase in another currency than the program's" },
    ),
  ),
  product: Nullable(Type.String()),
  occurred_at: Type.String(),
  recorded_at: Type.String(),
};

export const ConversionAnswer = Closed({
  ...conversionFields,
  rewards: Type.Array(RewardAnswer),
  passes: Type.Array(PassAnswer),
});

export const NewConversions = Closed({
  conversions: Type.Array(Type.Unknown(), { minItems: 1, maxItems: ROWS_PER_BULK_MAX }),
});

export const BulkAnswer = Closed({
  data: Type.Array(
    Closed({
      index: Type.Integer(),
      status: Type.Integer({ description: "What the single call would have answered" }),
      conversion: Type.Optional(ConversionAnswer),
      problem: Type.Optional(Type.Unknown()),
    }),
  ),
});

export const ConversionParams = Closed({ conversion: Type.String({ minLength: 1, maxLength: 210 }) });
export const ConversionsQuery = Closed({ ...PageQuery, participant_id: Type.Optional(IdText) });
export const ConversionList = ListOf(ConversionAnswer);

export const NewRefund = Closed({ external_id: OwnExternalId, amount: PositiveMoney });

const RefundedPart = Closed({
  reward_id: Type.String(),
  participant_id: Type.String(),
  level: Type.Integer(),
  amount: MoneySchema,
});

const REFUND_STATUSES = ["waiting", "applied", "refused", "reversed"] as const;
const REFUND_KINDS = ["refund", "chargeback"] as const;

export const RefundAnswer = Closed({
  id: Type.String(),
  external_id: Type.String(),
  kind: OneOf(REFUND_KINDS),
  status: OneOf(REFUND_STATUSES, {
    description:
      "waiting: its purchase is not there yet; refused: it did not fit the purchase when that came",
  }),
  conversion_id: Nullable(Type.String()),
  waits_for: Nullable(Type.String({ description: "Your id of the purchase it came before" })),
  amount: MoneySchema,
  counted: MoneySchema,
  reversals: Type.Array(RefundedPart, {
    description: "What was taken back, also of bonuses of other purchases that ended with their milestone",
  }),
  restorations: Type.Array(RefundedPart, { description: "What a reversed chargeback gave back" }),
  reason: Nullable(Type.String({ description: "Why it was refused" })),
  created_at: Type.String(),
  applied_at: Nullable(Type.String()),
  reversed_at: Nullable(Type.String()),
});
export const RefundParams = Closed({ refund: IdText });
export const ChargebackParams = Closed({ chargeback: IdText });
export const RefundsQuery = Closed({
  ...PageQuery,
  conversion_id: Type.Optional(IdText),
  kind: Type.Optional(OneOf(REFUND_KINDS)),
  status: Type.Optional(OneOf(REFUND_STATUSES)),
});
export const RefundList = ListOf(RefundAnswer);

const TraceLine = Closed({
  rule: Type.String(),
  level: Type.Integer(),
  participant_id: Nullable(Type.String()),
  name: Nullable(Type.String()),
  verdict: OneOf(["grant", "pass"]),
  amount: Nullable(MoneySchema),
  reward_id: Nullable(Type.String()),
  reason: Nullable(Type.String()),
  message: Type.String(),
  arithmetic: Type.Array(Type.String()),
  inputs: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
});

export const TraceAnswer = Closed({
  conversion: ConversionAnswer,
  plan: Nullable(Closed({ id: Type.String(), version: Type.Integer(), name: Type.String() })),
  facts: Closed({
    profit: Nullable(MoneySchema),
    profit_source: Nullable(OneOf(["given", "default_margin"])),
    default_margin: Nullable(Type.String()),
    referral: Nullable(Type.String()),
    inviter_id: Nullable(
      Type.String({ description: "Who invited the buyer, where their place was found below that person" }),
    ),
    exchange: Nullable(
      Closed(
        {
          currency: Type.String(),
          rate: Type.String({ description: "What one unit of it is worth in the program's currency" }),
          valid_from: Type.String(),
          source: Type.String(),
        },
        { description: "What exchanged a purchase in another currency" },
      ),
    ),
    upline: Type.Array(
      Closed({ participant_id: Type.String(), level: Type.Integer(), status: Type.String() }),
    ),
  }),
  lines: Type.Array(TraceLine),
  refunds: Type.Array(RefundAnswer),
});

export const RewardsQuery = Closed({
  ...PageQuery,
  id: Type.Optional(IdText),
  participant_id: Type.Optional(IdText),
  conversion_id: Type.Optional(IdText),
  status: Type.Optional(Type.String({ maxLength: 200, description: "One or several, separated by commas" })),
  level: Type.Optional(Type.Integer({ minimum: 1, maximum: 256 })),
});
export const RewardList = ListOf(RewardAnswer);

const CheckAnswer = Closed({
  id: Type.String({ description: "The invariant's number, or the counter's name" }),
  name: Type.String({ description: "A sentence that is true while it holds" }),
  ok: Type.Boolean(),
  figure: Type.String({ description: "What was looked at, counted" }),
  detail: Nullable(Type.String({ description: "The first row that breaks it, in words" })),
});

export const VerificationAnswer = Closed({
  ok: Type.Boolean(),
  checked_at: Type.String(),
  checks: Type.Array(CheckAnswer),
});

export type NewConversion = Static<typeof NewConversion>;
export type ConversionAnswer = Static<typeof ConversionAnswer>;
export type RewardAnswer = Static<typeof RewardAnswer>;
export type RefundAnswer = Static<typeof RefundAnswer>;
export type TraceAnswer = Static<typeof TraceAnswer>;
export type VerificationAnswer = Static<typeof VerificationAnswer>;
