import type { Reader } from "../platform/database.ts";
import type { RedemptionRow } from "./redemption.ts";
import { listRedemptions } from "./store/redemptions.ts";

/** What one participant has used, newest first, one page. */
export function findRedemptions(
  reader: Reader,
  participantId: string,
  page: { after: string | null; before: string | null; limit: number },
): Promise<RedemptionRow[]> {
  return listRedemptions(reader, participantId, page);
}
