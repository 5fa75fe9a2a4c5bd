import { type Static, Type } from "typebox";
import { Closed, Instant, ListOf, Nullable, OneOf, PageQuery } from "../primitives/wire.ts";

const ParticipantRef = Type.String({
  minLength: 1,
  maxLength: 210,
  description: "A participant's id, ext:{external_id}, or me",
});

export const ParticipantParams = Closed({ participant: ParticipantRef });

export const StatementParams = Closed({
  participant: ParticipantRef,
  month: Type.String({ pattern: "^2\\d{3}-(0[1-9]|1[0-2])$", description: "A month, such as 2026-03" }),
});

/** Looking back. */
export const MomentQuery = Closed({
  as_of: Type.Optional({ ...Instant, description: "What had happened by then; a time as in RFC 3339" }),
  known_at: Type.Optional({ ...Instant, description: "As far as it was known then" }),
});
export const KnownQuery = Closed({ known_at: MomentQuery.properties.known_at });

export const EntriesQuery = Closed({
  limit: PageQuery.limit,
  after: PageQuery.after,
  before: PageQuery.before,
});

const BalanceLine = Closed(
  {
    currency: Type.String(),
    pending: Type.Integer(),
    available: Type.Integer(),
    held: Type.Integer(),
    paid: Type.Integer(),
  },
  { description: "Whole minor units of one currency" },
);

export const BalanceAnswer = Closed({ data: Type.Array(BalanceLine) });

const ENTRY_REASONS = [
  "granted",
  "released",
  "reversed",
  "restored",
  "exchanged",
  "redeemed",
  "redemption_reversed",
  "expired",
  "written_off",
] as const;

export const EntryAnswer = Closed({
  id: Type.String(),
  transfer_id: Type.String(),
  purse: OneOf(["funding", "fx", "pending", "held", "available", "clearing", "paid"]),
  currency: Type.String(),
  amount: Type.Integer({ description: "Whole minor units; below zero where the purse gave" }),
  reason: OneOf(ENTRY_REASONS),
  reward_id: Nullable(Type.String()),
  occurred_at: Type.String(),
  recorded_at: Type.String(),
});

export const EntryList = ListOf(EntryAnswer);

export const StatementAnswer = Closed({
  period: Type.String(),
  from: Type.String(),
  to: Type.String(),
  opening: Type.Array(BalanceLine),
  entries: Type.Array(EntryAnswer),
  closing: Type.Array(BalanceLine),
  has_more: Type.Boolean({ description: "More entries than one statement holds; the sums count them all" }),
});

export type BalanceAnswer = Static<typeof BalanceAnswer>;
export type EntryAnswer = Static<typeof EntryAnswer>;
export type StatementAnswer = Static<typeof StatementAnswer>;
