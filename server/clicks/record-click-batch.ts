import type { Database } from "../platform/database.ts";
import type { Click, ClickId } from "./click.ts";
import { insertClicksAtOnce } from "./store.ts";

/** Stores arrivals in a transaction of their own; answers their ids in the order given, once they are durable. */
export async function recordClickBatch(
  db: Database,
  programId: string,
  arrivals: readonly Omit<Click, "id">[],
): Promise<ClickId[]> {
  const ids = arrivals.map(() => db.newId("clk"));
  await insertClicksAtOnce(db, programId, ids, arrivals);
  return ids;
}
