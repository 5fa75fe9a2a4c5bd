import type { Tx } from "../platform/database.ts";
import type { Click, ClickId } from "./click.ts";
import { insertClicks } from "./store.ts";

/** Stores arrivals; answers their ids in the order given. */
export async function recordClicks(tx: Tx, arrivals: readonly Omit<Click, "id">[]): Promise<ClickId[]> {
  const ids = arrivals.map(() => tx.newId("clk"));
  await insertClicks(tx, ids, arrivals);
  return ids;
}
