import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import type { ConversionRow } from "./conversion.ts";
import { parseConversionRef } from "./conversion.ts";
import { lockConversion } from "./store.ts";

/** The conversion, locked until the transaction ends: refunds of one purchase come one after the other. */
export async function holdConversion(tx: Tx, ref: string): Promise<ConversionRow> {
  const conversion = await lockConversion(tx, parseConversionRef(ref));
  if (!conversion) throw new Refusal("not_found");
  return conversion;
}
