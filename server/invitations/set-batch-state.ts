import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { type Batch, type BatchStep, batchAfter } from "./batch.ts";
import { cancelInvitations } from "./cancel-invitations.ts";
import { updateBatchState } from "./store/batches.ts";
import { lockUnsentOf } from "./store/invitations.ts";

const REASONS = {
  pause: "Only what is being sent can be paused.",
  resume: "Only what is paused can go on.",
  cancel: "It was cancelled already.",
};
const UNSENT_MAX = 1_000;

/** Pauses a batch, lets it go on, or ends it and takes back whatever has not left the house. */
export async function setBatchState(
  tx: Tx,
  batch: Batch,
  step: Extract<BatchStep, keyof typeof REASONS>,
): Promise<void> {
  const state = batchAfter(batch.state, step);
  if (state === null) throw new Refusal("batch_state", { facts: { reason: REASONS[step] } });
  await updateBatchState(tx, batch.id, state);
  if (step !== "cancel") return;
  for (;;) {
    const unsent = await lockUnsentOf(tx, batch.id, UNSENT_MAX);
    await cancelInvitations(tx, unsent);
    if (unsent.length < UNSENT_MAX) return;
  }
}
