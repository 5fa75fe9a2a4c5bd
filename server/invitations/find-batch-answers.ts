import type { Reader } from "../platform/database.ts";
import type { Batch } from "./batch.ts";
import { type BatchCounts, batchWire, problemWire } from "./batch-presentation.ts";
import type { BatchAnswer } from "./contract/batches.ts";
import { countBatchRows, countBatchStates } from "./store/batches.ts";

/** Batches with how their rows stand. */
export async function findBatchAnswers(reader: Reader, batches: readonly Batch[]): Promise<BatchAnswer[]> {
  const ids = batches.map(({ id }) => id);
  if (ids.length === 0) return [];
  const [rows, states] = await Promise.all([countBatchRows(reader, ids), countBatchStates(reader, ids)]);
  return batches.map((batch) => {
    const counts: BatchCounts = { rows: 0, ready: 0, invited: 0, problems: [], statuses: [] };
    for (const { batchId, problem, isInvited, count } of rows) {
      if (batchId !== batch.id) continue;
      counts.rows += Number(count);
      if (isInvited) counts.invited += Number(count);
      else if (problem === null) counts.ready += Number(count);
      else counts.problems.push({ ...problemWire(problem), rows: Number(count) });
    }
    for (const { batchId, state, count } of states)
      if (batchId === batch.id) counts.statuses.push({ status: state, invitations: Number(count) });
    return batchWire(batch, counts);
  });
}
