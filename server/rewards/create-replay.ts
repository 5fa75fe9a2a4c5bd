import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { parsePlan } from "./plan.ts";
import { OPEN_REPLAYS_MAX, type ReplaySource } from "./replay.ts";
import { readPlan } from "./store/plans.ts";
import { countOpenReplays, insertReplay, type ReplayRow } from "./store/replays.ts";

/** Asks for a replay of a plan as it is written now; the worker takes it up. */
export async function createReplay(tx: Tx, planId: string, source: ReplaySource): Promise<ReplayRow> {
  const plan = await readPlan(tx, { id: planId });
  if (!plan) throw new Refusal("not_found");
  parsePlan(plan.document);
  if ((await countOpenReplays(tx)) >= OPEN_REPLAYS_MAX) throw new Refusal("too_many_replays");
  const { hash, document } = plan;
  return insertReplay(tx, { id: tx.newId("rpl"), planId, planHash: hash, document, source });
}
