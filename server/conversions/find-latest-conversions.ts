import type { Reader } from "../platform/database.ts";
import type { ConversionRow } from "./conversion.ts";
import { listLatestConversions } from "./store.ts";

/** The last settled conversion of each of these participants; those without one are left out. */
export function findLatestConversions(
  reader: Reader,
  participantIds: readonly string[],
): Promise<ConversionRow[]> {
  return listLatestConversions(reader, participantIds);
}
