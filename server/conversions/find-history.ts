import type { Reader } from "../platform/database.ts";
import type { HistoryConversion, HistoryPlace, HistoryRange, HistoryRefund } from "./conversion-history.ts";
import { listHistory, listRefundSteps } from "./store/history.ts";

export type History = { conversions: HistoryConversion[]; refunds: HistoryRefund[] };

/** The next settled conversions as they were recorded, and the next refunds of any as they took effect. */
export async function findHistory(
  reader: Reader,
  place: HistoryPlace,
  range: HistoryRange,
  limit: number,
): Promise<History> {
  const [conversions, refunds] = await Promise.all([
    listHistory(reader, place.conversion, range, limit),
    listRefundSteps(reader, { at: place.refundAt, id: place.refund }, range.before, limit),
  ]);
  return { conversions, refunds };
}
