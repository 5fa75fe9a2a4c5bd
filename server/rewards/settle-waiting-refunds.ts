import type { ConversionRow, RefundRow } from "../conversions/conversion.ts";
import { holdConversion } from "../conversions/hold-conversion.ts";
import { holdWaitingRefunds } from "../conversions/hold-waiting-refunds.ts";
import { recordRefundOutcome } from "../conversions/record-refund-outcome.ts";
import { appendEvents } from "../events/append-events.ts";
import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { refundWire } from "./presentation.ts";
import { reverseRefundedPart } from "./reverse-refunded-part.ts";

/**
 * Applies, in the order they came, the refunds that waited for purchases which are settled now. One that is more
 * than was paid stays, with its reason. Answers the ids of the purchases they were for.
 */
export async function settleWaitingRefunds(
  tx: Tx,
  settled: readonly Pick<ConversionRow, "id" | "externalId">[],
): Promise<Set<string>> {
  const byExternalId = new Map(settled.map(({ id, externalId }) => [externalId, id]));
  const touched = new Set<string>();
  for (const refund of await holdWaitingRefunds(tx, [...byExternalId.keys()])) {
    const id = byExternalId.get(refund.waitsFor ?? "");
    // Read again each time: the refund before it counts.
    const conversion = id === undefined ? null : await holdConversion(tx, id);
    if (conversion === null) continue;
    await settleOne(tx, conversion, refund);
    touched.add(conversion.id);
  }
  return touched;
}

async function settleOne(tx: Tx, conversion: ConversionRow, refund: RefundRow): Promise<void> {
  try {
    await reverseRefundedPart(tx, conversion, refund, true);
  } catch (error) {
    // Said before anything is written.
    if (!(error instanceof Refusal)) throw error;
    const refused: RefundRow = {
      ...refund,
      status: "refused",
      conversionId: conversion.id,
      refusal: error.code,
    };
    await recordRefundOutcome(tx, refused, 0n);
    await appendEvents(tx, [
      {
        type: "refund.refused",
        subjectId: refund.id,
        audience: [],
        object: refundWire(refused, conversion.currency),
      },
    ]);
  }
}
