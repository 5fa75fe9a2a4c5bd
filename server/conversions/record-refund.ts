import type { Tx } from "../platform/database.ts";
import type { RefundRow } from "./conversion.ts";
import { addRefunded, insertRefund } from "./store.ts";

/** Stores a refund and counts it on its conversion, whose row the caller has locked. */
export async function recordRefund(tx: Tx, refund: Omit<RefundRow, "createdAt">): Promise<RefundRow> {
  await addRefunded(tx, refund.conversionId, refund.amountMinor);
  return insertRefund(tx, refund);
}
