import { type Static, Type } from "typebox";
import { Closed, Currency, IdText, Instant, ListOf, Nullable, OneOf, PageQuery } from "../primitives/wire.ts";

const PURSES = ["funding", "fx", "pending", "held", "available", "clearing", "paid"] as const;
const REASONS = [
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

const Minor = Type.Integer({ description: "Whole minor units" });

export const TrialBalanceQuery = Closed({
  at: Type.Optional(Instant),
  known_at: Type.Optional(Instant),
});

export const TrialBalanceAnswer = Closed({
  at: Nullable(Type.String()),
  known_at: Nullable(Type.String()),
  is_balanced: Type.Boolean({ description: "Whether in every currency debits and credits are the same" }),
  totals: Type.Array(
    Closed({ currency: Type.String(), debit: Minor, credit: Minor, is_balanced: Type.Boolean() }),
  ),
  accounts: Type.Array(
    Closed(
      { purse: OneOf(PURSES), currency: Type.String(), debit: Minor, credit: Minor, balance: Minor },
      {
        description:
          "All accounts of one purse in one currency: what was taken, what was added, what is there",
      },
    ),
  ),
});

export const ProgramEntriesQuery = Closed({
  limit: PageQuery.limit,
  after: PageQuery.after,
  before: PageQuery.before,
  participant_id: Type.Optional(IdText),
  purse: Type.Optional(OneOf(PURSES)),
  currency: Type.Optional(Currency),
  reason: Type.Optional(OneOf(REASONS)),
  subject_id: Type.Optional(IdText),
  from: Type.Optional(Instant),
  to: Type.Optional(Instant),
});

export const ProgramEntry = Closed({
  id: Type.String(),
  transfer_id: Type.String(),
  participant_id: Nullable(Type.String({ description: "Null where the account is the program's own" })),
  purse: OneOf(PURSES),
  currency: Type.String(),
  amount: Type.Integer({ description: "Whole minor units; below zero where the purse gave" }),
  reason: OneOf(REASONS),
  subject_id: Type.String(),
  occurred_at: Type.String(),
  recorded_at: Type.String(),
});
export const ProgramEntryList = ListOf(ProgramEntry);

export type TrialBalanceAnswer = Static<typeof TrialBalanceAnswer>;
export type ProgramEntry = Static<typeof ProgramEntry>;
