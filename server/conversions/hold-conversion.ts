import type { Tx } from "../platform/database.ts";
import type { ConversionRow } from "./conversion.ts";
import { parseConversionRef } from "./conversion.ts";
import { lockConversion } from "./store.ts";

/** The conversion, locked until the transaction ends: refunds of one purchase come one after the other. */
export function holdConversion(tx: Tx, ref: string): Promise<ConversionRow | null> {
  return lockConversion(tx, parseConversionRef(ref));
}
