import type { Tx } from "../platform/database.ts";
import type { Fact } from "./catalogue.ts";
import { insertEvents } from "./store.ts";

/** Writes facts into the log, in the transaction of their cause. One statement however many. */
export async function appendEvents(tx: Tx, facts: readonly Fact[]): Promise<void> {
  if (facts.length === 0) return;
  insertEvents(
    tx,
    facts.map((fact) => ({
      id: tx.newId("evt"),
      type: fact.type,
      subject_id: fact.subjectId,
      audience: fact.audience,
      data: { ...(fact.object && { object: fact.object }), ...(fact.moves && { moves: fact.moves }) },
    })),
  );
}
