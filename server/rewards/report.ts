import type { ConversionReport } from "../conversions/conversion.ts";
import { parseInstant } from "../primitives/instant.ts";
import { fromWire } from "../primitives/money.ts";
import { Refusal } from "../primitives/refusal.ts";
import type { NewConversion } from "./contract.ts";

/** A conversion as a caller sent it; `fingerprint` tells whether a repeat says the same. */
export function reportOf(sent: NewConversion, fingerprint: (text: string) => string): ConversionReport {
  const kind = sent.kind ?? "purchase";
  if (kind === "purchase" && sent.amount === undefined)
    throw new Refusal("invalid_request", {
      errors: [{ pointer: "/amount", code: "required", message: "A purchase needs an amount." }],
    });
  const occurredAt = sent.occurred_at === undefined ? null : parseInstant(sent.occurred_at);
  if (sent.occurred_at !== undefined && occurredAt === null)
    throw new Refusal("invalid_request", {
      errors: [{ pointer: "/occurred_at", code: "invalid_time", message: "There is no such time." }],
    });
  return {
    kind,
    externalId: sent.external_id,
    participant: sent.participant,
    amount: sent.amount ? fromWire(sent.amount) : null,
    profit: sent.profit ? fromWire(sent.profit) : null,
    occurredAt,
    product: sent.product ?? null,
    metadata: sent.metadata ?? null,
    fingerprint: fingerprint(contentOf(sent, kind)),
  };
}

/** The content without its spelling: the order of keys does not count. */
function contentOf(sent: NewConversion, kind: string): string {
  const { participant, amount, profit, occurred_at, product, metadata } = sent;
  return JSON.stringify([
    kind,
    participant,
    amount?.amount,
    amount?.currency,
    profit?.amount,
    profit?.currency,
    occurred_at,
    product,
    metadata ? Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1)) : undefined,
  ]);
}
