import type { ParticipantId } from "../participants/participant.ts";
import type { Id } from "../primitives/id.ts";
import type { Money } from "../primitives/money.ts";
import { Refusal } from "../primitives/refusal.ts";

export type ConversionId = Id<"cnv">;
export type RefundId = Id<"rfd">;

/** A conversion as a caller reports it. */
export type ConversionReport = {
  kind: string;
  externalId: string;
  /** Ours, or the caller's own after `ext:`. */
  participant: string;
  amount: Money | null;
  profit: Money | null;
  occurredAt: Date | null;
  product: string | null;
  metadata: object | null;
  /** Tells whether a repeat says the same. */
  fingerprint: string;
};

export type Conversion = {
  id: ConversionId;
  externalId: string;
  participantId: ParticipantId;
  kind: string;
  amount: Money;
  profit: Money | null;
  status: "recorded" | "settled";
  planVersion: number | null;
  refundedMinor: bigint;
  occurredAt: Date;
  recordedAt: Date;
  product: string | null;
};

/** A conversion as it is stored, with what its settlement saw. */
export type ConversionRow = Omit<Conversion, "amount" | "profit"> & {
  amountMinor: bigint;
  profitMinor: bigint | null;
  currency: string;
  fingerprint: string;
  settlement: unknown;
};

/** A conversion on its way into the store. */
export type NewConversion = {
  id: string;
  external_id: string;
  fingerprint: string;
  participant_id: string;
  kind: string;
  amount_minor: string;
  profit_minor: string | null;
  currency: string;
  product: string | null;
  metadata: object | null;
  status: "recorded" | "settled";
  plan_version: number | null;
  settlement: object | null;
  occurred_at: Date;
};

/** A chargeback is a refund that the bank makes; it can be reversed. */
export type RefundKind = "refund" | "chargeback";

/** A refund that came before its purchase waits for it, and may turn out to be more than was paid. */
export type RefundStatus = "waiting" | "applied" | "refused" | "reversed";

/** What a refund took from one reward, or what a reversed chargeback gave back to it. */
export type RefundedPart = {
  reward_id: string;
  participant_id: string;
  level: number;
  amount: number;
  currency: string;
};

/** A refund as it is stored, with what it took back from whom. */
export type RefundRow = {
  id: RefundId;
  externalId: string;
  kind: RefundKind;
  status: RefundStatus;
  /** Null while the purchase is not there. */
  conversionId: ConversionId | null;
  /** The caller's id of the purchase, where that was not there yet. */
  waitsFor: string | null;
  amountMinor: bigint;
  currency: string;
  /** What it counts on the conversion, in the program's currency. */
  countedMinor: bigint;
  reversals: RefundedPart[];
  restorations: RefundedPart[];
  /** Why it was refused when the purchase came. */
  refusal: string | null;
  createdAt: Date;
  appliedAt: Date | null;
  reversedAt: Date | null;
};

/** The kind of the conversion that a referred sign-up itself is; recorded by the product, never reported. */
export const SIGNUP_KIND = "signup";
/** External ids of our own conversions begin with this; callers cannot use it. */
export const OWN_EXTERNAL_ID = "rh:";

/** Clocks differ; further ahead than this is a mistake. */
const AHEAD_MS_MAX = 5 * 60_000;

/** A caller names a conversion by our id or, after `ext:`, by their own. */
export function parseConversionRef(ref: string): { id: string } | { externalId: string } {
  return ref.startsWith("ext:") ? { externalId: ref.slice(4) } : { id: ref };
}

/** Why a report cannot become a conversion of a program in this currency; null when it can. */
export function refuseReport(report: ConversionReport, currency: string, now: Date): Refusal | null {
  const { amount, profit, occurredAt } = report;
  if (amount !== null && amount.currency !== currency) return wrongCurrency("/amount/currency", currency);
  if (profit !== null && profit.currency !== currency) return wrongCurrency("/profit/currency", currency);
  if (profit !== null && profit.minor > (amount?.minor ?? 0n))
    return at("profit_exceeds_amount", "/profit/amount", "The profit must not be higher than the amount.");
  if (occurredAt !== null && occurredAt.getTime() > now.getTime() + AHEAD_MS_MAX)
    return at("occurred_in_future", "/occurred_at", "This time lies in the future.");
  return null;
}

function wrongCurrency(pointer: string, currency: string): Refusal {
  return new Refusal("wrong_currency", {
    facts: { currency },
    errors: [{ pointer, code: "wrong_currency", message: `This program counts in ${currency}.` }],
  });
}

function at(code: string, pointer: string, message: string): Refusal {
  return new Refusal(code, { errors: [{ pointer, code, message }] });
}
