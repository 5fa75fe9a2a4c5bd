import type { Reader } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import type { ConversionRow } from "./conversion.ts";
import { parseConversionRef } from "./conversion.ts";
import { readConversion } from "./store.ts";

export async function findConversion(reader: Reader, ref: string): Promise<ConversionRow> {
  const conversion = await readConversion(reader, parseConversionRef(ref));
  if (!conversion) throw new Refusal("not_found");
  return conversion;
}
