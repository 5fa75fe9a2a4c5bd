import type { Actor } from "../access/actor.ts";
import { mayReadParticipant } from "../access/permission.ts";
import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import type { Batch } from "./batch.ts";
import { lockBatch } from "./store/batches.ts";

/** One batch that the actor may change, held until the transaction ends. */
export async function holdBatch(tx: Tx, actor: Actor, id: string): Promise<Batch> {
  const batch = await lockBatch(tx, id);
  if (!batch || !mayReadParticipant(actor, batch.inviterId)) throw new Refusal("not_found");
  return batch;
}
