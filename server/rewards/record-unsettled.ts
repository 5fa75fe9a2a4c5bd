import { recordAudit } from "../access/record-audit.ts";
import type { ConversionRow } from "../conversions/conversion.ts";
import { refuseReport } from "../conversions/conversion.ts";
import { recordConversions } from "../conversions/record-conversions.ts";
import { appendEvents } from "../events/append-events.ts";
import { findBuyers } from "../participants/find-buyers.ts";
import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { findProgram } from "../programs/find-program.ts";
import type { ConversionAnswer } from "./contract.ts";
import { conversionFacts, conversionWire } from "./presentation.ts";
import type { ReportedConversion } from "./settle-conversions.ts";

/** Keeps a conversion whose settlement failed unexpectedly: it is durable now, and the worker settles it later. */
export async function recordUnsettled(
  tx: Tx,
  { report, actor, requestId }: ReportedConversion,
): Promise<ConversionAnswer> {
  const program = await findProgram(tx);
  const refusal = refuseReport(report, program.currency, tx.now);
  if (refusal) throw refusal;
  const buyer = (await findBuyers(tx, [report.participant], 1)).get(report.participant);
  if (!buyer) throw new Refusal("participant_not_found", { facts: { participant: report.participant } });
  const id = tx.newId("cnv");
  const occurredAt = report.occurredAt ?? tx.now;
  await recordConversions(tx, [
    {
      id,
      external_id: report.externalId,
      fingerprint: report.fingerprint,
      participant_id: buyer.id,
      kind: report.kind,
      amount_minor: (report.amount?.minor ?? 0n).toString(),
      profit_minor: report.profit?.minor.toString() ?? null,
      currency: program.currency,
      product: report.product,
      metadata: report.metadata,
      status: "recorded",
      plan_version: null,
      settlement: null,
      occurred_at: occurredAt,
    },
  ]);
  const conversion: ConversionRow = {
    id,
    externalId: report.externalId,
    fingerprint: report.fingerprint,
    participantId: buyer.id,
    kind: report.kind,
    amountMinor: report.amount?.minor ?? 0n,
    profitMinor: report.profit?.minor ?? null,
    currency: program.currency,
    status: "recorded",
    planVersion: null,
    settlement: null,
    refundedMinor: 0n,
    occurredAt,
    recordedAt: tx.now,
    product: report.product,
  };
  await appendEvents(tx, [
    { type: "conversion.recorded", subjectId: id, audience: [], object: conversionFacts(conversion, []) },
  ]);
  await recordAudit(tx, [{ actor, operation: "conversions.create", subjectId: id, requestId }]);
  return conversionWire(conversion, [], [], null);
}
