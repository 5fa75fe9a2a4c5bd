import type { HistoryPlace, HistoryRange } from "../conversions/conversion-history.ts";
import { findHistory } from "../conversions/find-history.ts";
import { findBuyers } from "../participants/find-buyers.ts";
import type { Database } from "../platform/database.ts";
import { conversionStep, mergeSteps } from "./recorded-step.ts";
import type { ReplayStep } from "./replay.ts";
import { LEVELS_MAX } from "./upline.ts";

const ROWS_PER_BATCH = 500;
const START = new Date(0);

/**
 * The program's history in the order in which it was settled and refunded, a batch at a time: what is not wanted any
 * more is not kept. Uplines are read whole, so that a deeper plan finds whom it would have paid.
 */
export async function* findReplaySteps(
  db: Database,
  programId: string,
  range: HistoryRange,
): AsyncGenerator<ReplayStep[], void, undefined> {
  let place: HistoryPlace = { conversion: "", refundAt: START, refund: "" };
  for (;;) {
    const { history, buyers } = await db.read(programId, async (reader) => {
      const found = await findHistory(reader, place, range, ROWS_PER_BATCH);
      const ids = [...new Set(found.conversions.map(({ participantId }) => participantId))];
      return { history: found, buyers: await findBuyers(reader, ids, LEVELS_MAX) };
    });
    const conversions = history.conversions.map((row) => conversionStep(row, buyers.get(row.participantId)));
    const isLast = (rows: readonly unknown[]) => rows.length < ROWS_PER_BATCH;
    const merged = mergeSteps(
      { steps: conversions, isLast: isLast(conversions) },
      { rows: history.refunds, isLast: isLast(history.refunds) },
    );
    if (merged.steps.length > 0) yield merged.steps;
    if (isLast(conversions) && isLast(history.refunds)) return;
    place = {
      conversion: merged.lastConversion ?? place.conversion,
      refundAt: merged.lastRefund?.at ?? place.refundAt,
      refund: merged.lastRefund?.id ?? place.refund,
    };
  }
}
