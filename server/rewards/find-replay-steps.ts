import type { HistoryConversion, HistoryPlace, HistoryRange } from "../conversions/conversion-history.ts";
import { findHistory } from "../conversions/find-history.ts";
import { findBuyers } from "../participants/find-buyers.ts";
import type { Database, Reader } from "../platform/database.ts";
import { findReferrals } from "../referrals/find-referrals.ts";
import { conversionStep, mergeSteps, type ReplayedBuyer, type ReplayFrame } from "./recorded-step.ts";
import type { ReplayStep } from "./replay.ts";

const ROWS_PER_BATCH = 1_000;
/** Buyers come again: they are looked up once, as long as there are not too many of them. */
const BUYERS_MAX = 50_000;
const START = new Date(0);
const NOBODY: ReplayedBuyer = { buyer: undefined, referral: undefined };

/**
 * The program's history in the order in which it was settled and refunded, a batch at a time: what is not wanted any
 * more is not kept. Uplines are read as far up as any of the plans looks.
 */
export async function* findReplaySteps(
  db: Database,
  programId: string,
  range: HistoryRange,
  frame: ReplayFrame & { levels: number },
): AsyncGenerator<ReplayStep[], void, undefined> {
  const buyers = new Map<string, ReplayedBuyer>();
  let place: HistoryPlace = { conversion: "", refundAt: START, refund: "" };
  for (;;) {
    const { conversions, refunds } = await db.read(programId, async (reader) => {
      const found = await findHistory(reader, place, range, ROWS_PER_BATCH);
      await learnBuyers(reader, found.conversions, frame.levels, buyers);
      return found;
    });
    const steps = conversions.map((row) =>
      conversionStep(row, buyers.get(row.participantId) ?? NOBODY, frame),
    );
    const isLast = (rows: readonly unknown[]) => rows.length < ROWS_PER_BATCH;
    const merged = mergeSteps(
      { steps, isLast: isLast(conversions) },
      { rows: refunds, isLast: isLast(refunds) },
    );
    if (merged.steps.length > 0) yield merged.steps;
    if (isLast(conversions) && isLast(refunds)) return;
    place = {
      conversion: merged.lastConversion ?? place.conversion,
      refundAt: merged.lastRefund?.at ?? place.refundAt,
      refund: merged.lastRefund?.id ?? place.refund,
    };
  }
}

async function learnBuyers(
  reader: Reader,
  conversions: readonly HistoryConversion[],
  levels: number,
  known: Map<string, ReplayedBuyer>,
): Promise<void> {
  if (known.size > BUYERS_MAX) known.clear();
  const ids = [...new Set(conversions.map(({ participantId }) => participantId))].filter(
    (id) => !known.has(id),
  );
  if (ids.length === 0) return;
  const [buyers, referrals] = await Promise.all([
    findBuyers(reader, ids, levels),
    findReferrals(reader, ids),
  ]);
  for (const id of ids) known.set(id, { buyer: buyers.get(id), referral: referrals.get(id) });
}
