import type { Reader } from "../platform/database.ts";
import { listSuppressionsOf } from "./store/suppressions.ts";
import { type Addressed, suppresses } from "./suppression.ts";

/** Of these recipients, by the hashes of their addresses, those who get no such mail. */
export async function findRefusing(
  reader: Reader,
  hashes: readonly string[],
  mail: Addressed,
): Promise<Set<string>> {
  if (hashes.length === 0) return new Set();
  const suppressions = await listSuppressionsOf(reader, hashes);
  return new Set(suppressions.filter((one) => suppresses(one, mail)).map((one) => one.recipientHash));
}
