import { recordAudit } from "../access/record-audit.ts";
import type { ConversionRow } from "../conversions/conversion.ts";
import { newConversionOf, refuseReport } from "../conversions/conversion.ts";
import { currencyOf, exchangeReport } from "../conversions/original.ts";
import { recordConversions } from "../conversions/record-conversions.ts";
import { appendEvents } from "../events/append-events.ts";
import { findBuyers } from "../participants/find-buyers.ts";
import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { findProgram } from "../programs/find-program.ts";
import { findRates } from "../programs/find-rates.ts";
import type { ConversionAnswer } from "./contract.ts";
import { conversionFacts, conversionWire } from "./presentation.ts";
import type { ReportedConversion } from "./settle-conversions.ts";

/** Keeps a conversion whose settlement failed unexpectedly: it is durable now, and the worker settles it later. */
export async function recordUnsettled(
  tx: Tx,
  { report: reported, actor, requestId }: ReportedConversion,
): Promise<ConversionAnswer> {
  const program = await findProgram(tx);
  const refusal = refuseReport(reported, tx.now);
  if (refusal) throw refusal;
  const occurredAt = reported.occurredAt ?? tx.now;
  const currency = currencyOf(reported) ?? program.currency;
  const rates = await findRates(tx, program, [{ currency, moment: occurredAt }]);
  const exchanged = exchangeReport(reported, program.currency, rates.at(currency, occurredAt));
  if (exchanged instanceof Refusal) throw exchanged;
  const { report, original } = exchanged;
  const buyer = (await findBuyers(tx, [report.participant], 1)).get(report.participant);
  if (!buyer) throw new Refusal("participant_not_found", { facts: { participant: report.participant } });
  const id = tx.newId("cnv");
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
    ...original,
  };
  await recordConversions(tx, [newConversionOf(conversion, report.metadata)]);
  await appendEvents(tx, [
    { type: "conversion.recorded", subjectId: id, audience: [], object: conversionFacts(conversion, []) },
  ]);
  await recordAudit(tx, [{ actor, operation: "conversions.create", subjectId: id, requestId }]);
  return conversionWire(conversion, [], [], null);
}
