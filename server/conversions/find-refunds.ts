import type { Reader } from "../platform/database.ts";
import type { RefundRow } from "./conversion.ts";
import { listRefundsOf, readRefundByExternalId } from "./store.ts";

/** The refunds of one conversion, oldest first, or the one that stands for an external id. */
export async function findRefunds(
  reader: Reader,
  by: { conversionId: string } | { externalId: string },
): Promise<RefundRow[]> {
  if ("conversionId" in by) return listRefundsOf(reader, by.conversionId);
  const refund = await readRefundByExternalId(reader, by.externalId);
  return refund ? [refund] : [];
}
