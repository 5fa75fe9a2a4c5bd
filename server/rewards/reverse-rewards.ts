import type { RefundKind, RefundRow } from "../conversions/conversion.ts";
import { isReportable, parseConversionRef } from "../conversions/conversion.ts";
import { findRefunds } from "../conversions/find-refunds.ts";
import { holdConversion } from "../conversions/hold-conversion.ts";
import { recordRefund } from "../conversions/record-refund.ts";
import { appendEvents } from "../events/append-events.ts";
import type { Tx } from "../platform/database.ts";
import type { Money } from "../primitives/money.ts";
import { Refusal } from "../primitives/refusal.ts";
import { findProgram } from "../programs/find-program.ts";
import { refundWire } from "./presentation.ts";
import { reverseRefundedPart } from "./reverse-refunded-part.ts";

export type RefundReport = { kind: RefundKind; conversion: string; externalId: string; amount: Money };

/**
 * A refund or a chargeback of a purchase. One that is known answers what stands and changes nothing; one that
 * comes before its purchase is kept, and applied when the purchase is settled.
 */
export async function reverseRewards(
  tx: Tx,
  report: RefundReport,
): Promise<{ refund: RefundRow; isNew: boolean }> {
  const conversion = await holdConversion(tx, report.conversion);
  const waitsFor = conversion?.externalId ?? waitableId(report.conversion);
  if (waitsFor === null) throw new Refusal("not_found");
  const [known] = await findRefunds(tx, { externalId: report.externalId });
  if (known) {
    const isOfThis =
      known.conversionId === null ? known.waitsFor === waitsFor : known.conversionId === conversion?.id;
    if (!isOfThis || !isSame(known, report)) throw new Refusal("external_id_reused");
    return { refund: known, isNew: false };
  }
  const refund = newRefund(tx, report);
  if (conversion?.status === "settled")
    return { refund: await reverseRefundedPart(tx, conversion, refund, false), isNew: true };
  return { refund: await keepWaiting(tx, { ...refund, waitsFor }), isNew: true };
}

/** The caller's id of a purchase that may still come; null for an id of ours, or one that no purchase can have. */
function waitableId(ref: string): string | null {
  const parsed = parseConversionRef(ref);
  return "externalId" in parsed && isReportable(parsed.externalId) ? parsed.externalId : null;
}

function isSame(known: RefundRow, { kind, amount }: RefundReport): boolean {
  return known.kind === kind && known.amountMinor === amount.minor && known.currency === amount.currency;
}

function newRefund(tx: Tx, { kind, externalId, amount }: RefundReport): RefundRow {
  return {
    id: tx.newId("rfd"),
    externalId,
    kind,
    status: "waiting",
    conversionId: null,
    waitsFor: null,
    amountMinor: amount.minor,
    currency: amount.currency,
    countedMinor: 0n,
    reversals: [],
    restorations: [],
    refusal: null,
    createdAt: tx.now,
    appliedAt: null,
    reversedAt: null,
  };
}

async function keepWaiting(tx: Tx, refund: RefundRow): Promise<RefundRow> {
  await recordRefund(tx, refund);
  const { currency } = await findProgram(tx);
  await appendEvents(tx, [
    { type: "refund.recorded", subjectId: refund.id, audience: [], object: refundWire(refund, currency) },
  ]);
  return refund;
}
