import type { Tx } from "../platform/database.ts";
import type { ConversionRow } from "./conversion.ts";
import { lockUnsettled } from "./store.ts";

const UNSETTLED_MAX = 100;

/** Conversions that are stored but not settled, locked until the transaction ends. */
export function holdUnsettled(tx: Tx): Promise<ConversionRow[]> {
  return lockUnsettled(tx, UNSETTLED_MAX);
}
