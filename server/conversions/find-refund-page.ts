import type { Reader } from "../platform/database.ts";
import type { RefundRow } from "./conversion.ts";
import { listRefunds, type RefundFilter } from "./store.ts";

/** Refunds and chargebacks, newest first, one page. */
export function findRefundPage(reader: Reader, filter: RefundFilter): Promise<RefundRow[]> {
  return listRefunds(reader, filter);
}
