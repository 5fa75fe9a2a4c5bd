import type { Tx } from "../platform/database.ts";
import type { RefundRow } from "./conversion.ts";
import { addRefunded, updateRefund } from "./store.ts";

/** What has become of a refund that is stored: it was applied, refused or reversed. `counted` goes on its conversion. */
export async function recordRefundOutcome(tx: Tx, refund: RefundRow, countedMinor: bigint): Promise<void> {
  if (refund.conversionId !== null && countedMinor !== 0n)
    await addRefunded(tx, refund.conversionId, countedMinor);
  await updateRefund(tx, refund);
}
