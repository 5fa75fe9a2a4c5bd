import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { assessRows } from "./assess-rows.ts";
import type { Batch } from "./batch.ts";
import { listOpenRows, updateBatchRows, updateBatchState } from "./store/batches.ts";

/** Lets a batch go: exactly as many people as whoever sends it has read on the button. */
export async function sendBatch(tx: Tx, batch: Batch, count: number, key: string): Promise<void> {
  if (batch.state !== "draft")
    throw new Refusal("batch_state", { facts: { reason: "It is being sent, or was sent, already." } });
  const before = await listOpenRows(tx, batch.id);
  const assessed = await assessRows(tx, batch, before, key);
  const changed = assessed.filter((row, index) => row.problem !== before[index]?.problem);
  const ready = assessed.filter(({ problem }) => problem === null).length;
  if (ready !== count || ready === 0) throw new Refusal("batch_count_changed", { facts: { ready } });
  if (changed.length > 0) await updateBatchRows(tx, batch.id, changed);
  await updateBatchState(tx, batch.id, "sending");
}
