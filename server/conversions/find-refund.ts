import type { Reader } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import type { RefundRow } from "./conversion.ts";
import { readRefund } from "./store.ts";

export async function findRefund(reader: Reader, id: string): Promise<RefundRow> {
  const refund = await readRefund(reader, id);
  if (!refund) throw new Refusal("not_found");
  return refund;
}
