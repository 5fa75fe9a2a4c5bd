import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { markCancelled, type ReplayRow, readReplay } from "./store/replays.ts";

/** Ends a replay that waits or runs; its worker notices at the next batch. */
export async function cancelReplay(tx: Tx, id: string): Promise<ReplayRow> {
  const cancelled = await markCancelled(tx, id);
  if (cancelled) return cancelled;
  throw new Refusal((await readReplay(tx, id)) ? "replay_ended" : "not_found");
}
