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
  /** Of a purchase in another currency: what was reported, and the rate that made it the program's. */
  originalCurrency: string | null;
  originalAmountMinor: bigint | null;
  originalProfitMinor: bigint | null;
  rateId: string | null;
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
  original_currency: string | null;
  original_amount_minor: string | null;
  original_profit_minor: string | null;
  rate_id: string | null;
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

/** A conversion as the store takes it. */
export function newConversionOf(conversion: ConversionRow, metadata: object | null): NewConversion {
  return {
    id: conversion.id,
    external_id: conversion.externalId,
    fingerprint: conversion.fingerprint,
    participant_id: conversion.participantId,
    kind: conversion.kind,
    amount_minor: conversion.amountMinor.toString(),
    profit_minor: conversion.profitMinor?.toString() ?? null,
    currency: conversion.currency,
    product: conversion.product,
    metadata,
    status: conversion.status,
    plan_version: conversion.planVersion,
    settlement: conversion.settlement as object | null,
    occurred_at: conversion.occurredAt,
    original_currency: conversion.originalCurrency,
    original_amount_minor: conversion.originalAmountMinor?.toString() ?? null,
    original_profit_minor: conversion.originalProfitMinor?.toString() ?? null,
    rate_id: conversion.rateId,
  };
}

/** The kind of the conversion that a referred sign-up itself is; recorded by the product, never reported. */
export const SIGNUP_KIND = "signup";
/** External ids of our own conversions begin with this; callers cannot use it. */
const OWN_EXTERNAL_ID = "rh:";

export function signupExternalId(refereeId: string): string {
  return `${OWN_EXTERNAL_ID}${SIGNUP_KIND}:${refereeId}`;
}

/** The kind of the conversion that proving an address is; callers may report ones of their own beside it. */
export const VERIFIED_KIND = "verified";

export function verifiedExternalId(participantId: string): string {
  return `${OWN_EXTERNAL_ID}${VERIFIED_KIND}:${participantId}`;
}

/** Clocks differ; further ahead than this is a mistake. */
const AHEAD_MS_MAX = 5 * 60_000;

const REPORTABLE = /^(?!rh:)\P{Cc}{1,200}$/u;

/** Whether a caller can report a conversion with this id of theirs. */
export function isReportable(externalId: string): boolean {
  return REPORTABLE.test(externalId);
}

/** A caller names a conversion by our id or, after `ext:`, by their own. */
export function parseConversionRef(ref: string): { id: string } | { externalId: string } {
  return ref.startsWith("ext:") ? { externalId: ref.slice(4) } : { id: ref };
}

/** Why a report cannot become a conversion; null when it can. */
export function refuseReport(report: ConversionReport, now: Date): Refusal | null {
  const { amount, profit, occurredAt } = report;
  if (amount !== null && profit !== null && profit.currency !== amount.currency)
    return wrongCurrency(amount.currency);
  if (profit !== null && profit.minor > (amount?.minor ?? 0n))
    return at("profit_exceeds_amount", "/profit/amount", "The profit must not be higher than the amount.");
  if (occurredAt !== null && occurredAt.getTime() > now.getTime() + AHEAD_MS_MAX)
    return at("occurred_in_future", "/occurred_at", "This time lies in the future.");
  return null;
}

function wrongCurrency(currency: string): Refusal {
  const message = `The amount is in ${currency}, so the profit must be, too.`;
  return new Refusal("wrong_currency", {
    facts: { currency },
    errors: [{ pointer: "/profit/currency", code: "wrong_currency", message }],
  });
}

function at(code: string, pointer: string, message: string): Refusal {
  return new Refusal(code, { errors: [{ pointer, code, message }] });
}
