import type { Tx } from "../platform/database.ts";
import type { RefundRow } from "./conversion.ts";
import { addRefunded, insertRefund, type NewRefund } from "./store.ts";

/** Stores a refund and counts it on its conversion, whose row the caller has locked; one that waits counts nothing. */
export async function recordRefund(tx: Tx, refund: NewRefund): Promise<RefundRow> {
  if (refund.conversionId !== null) await addRefunded(tx, refund.conversionId, refund.countedMinor);
  return insertRefund(tx, refund);
}
