import type { Reader } from "../platform/database.ts";
import type { HistoryRange } from "./conversion-history.ts";
import { countHistory } from "./store/history.ts";

/** How many settled conversions a range of the history holds. */
export function findHistorySize(reader: Reader, range: HistoryRange): Promise<number> {
  return countHistory(reader, range);
}
