import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import type { RefundRow } from "./conversion.ts";
import { lockRefund } from "./store.ts";

/** The refund, locked until the transaction ends. */
export async function holdRefund(tx: Tx, id: string): Promise<RefundRow> {
  const refund = await lockRefund(tx, id);
  if (!refund) throw new Refusal("not_found");
  return refund;
}
