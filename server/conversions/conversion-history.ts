import type { ParticipantId } from "../participants/participant.ts";
import type { ConversionId } from "./conversion.ts";

/** A settled conversion with what its settlement saw. */
export type HistoryConversion = {
  id: ConversionId;
  participantId: ParticipantId;
  kind: string;
  amountMinor: bigint;
  profitMinor: bigint | null;
  currency: string;
  product: string | null;
  planVersion: number;
  settlement: unknown;
  occurredAt: Date;
  recordedAt: Date;
  /** Whether a refund of it follows, somewhere. */
  isRefunded: boolean;
};

/** A refund, or a chargeback that was reversed: then it gives back what it took. */
export type HistoryRefund = { id: string; conversionId: ConversionId; addedMinor: bigint; at: Date };

/** Conversions by when they occurred, among those recorded before a moment. */
export type HistoryRange = {
  from: Date | null;
  to: Date | null;
  before: Date;
  /** As each was settled at first, where a decision had it settled again. */
  isAtFirst?: true;
};

/** Where a reader of the history has come to, in conversions and in refunds. */
export type HistoryPlace = { conversion: string; refundAt: Date; refund: string };
