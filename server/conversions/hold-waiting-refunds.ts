import type { Tx } from "../platform/database.ts";
import type { RefundRow } from "./conversion.ts";
import { lockWaitingRefunds } from "./store.ts";

/** The refunds that came before these purchases, in the order they came, locked until the transaction ends. */
export async function holdWaitingRefunds(tx: Tx, externalIds: readonly string[]): Promise<RefundRow[]> {
  return externalIds.length === 0 ? [] : lockWaitingRefunds(tx, externalIds);
}
