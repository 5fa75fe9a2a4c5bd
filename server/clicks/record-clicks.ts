import type { Tx } from "../platform/database.ts";
import type { Click, ClickId } from "./click.ts";
import { insertClicks } from "./store.ts";

/** Stores arrivals; answers their ids in the order given. */
export async function recordClicks(tx: Tx, clicks: readonly Omit<Click, "id">[]): Promise<ClickId[]> {
  const stored = clicks.map((click) => ({ ...click, id: tx.newId("clk") }));
  await insertClicks(tx, stored);
  return stored.map((click) => click.id);
}
