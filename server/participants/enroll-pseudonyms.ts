import { appendEvents } from "../events/append-events.ts";
import type { Tx } from "../platform/database.ts";
import type { ParticipantId } from "./participant.ts";
import { insertPseudonyms } from "./store.ts";

/** Enrols people of whom nothing is known but that they are there: no name, no address, no place yet. */
export async function enrollPseudonyms(tx: Tx, ids: readonly ParticipantId[]): Promise<void> {
  await insertPseudonyms(tx, ids);
  await appendEvents(
    tx,
    ids.map((id) => ({
      type: "participant.created",
      subjectId: id,
      audience: [id],
      object: {
        ...{ id, external_id: null, country: null, advocate_id: null },
        created_at: tx.now.toISOString(),
      },
    })),
  );
}
