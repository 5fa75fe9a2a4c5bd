import type { Tx } from "../platform/database.ts";
import type { ConversionRow } from "./conversion.ts";
import { lockUnsettled } from "./store.ts";

/** Those of the conversions that are stored but not settled, locked until the transaction ends. */
export function holdUnsettled(tx: Tx, ids: readonly string[]): Promise<ConversionRow[]> {
  return lockUnsettled(tx, ids);
}
