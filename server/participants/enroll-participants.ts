import { appendEvents } from "../events/append-events.ts";
import type { Tx } from "../platform/database.ts";
import { insertIdentities, insertParticipants, type NewParticipant } from "./store.ts";

/** Enrols people at their place in the network. Fixed statements, however many. */
export async function enrollParticipants(tx: Tx, participants: readonly NewParticipant[]): Promise<void> {
  if (participants.length === 0) return;
  await insertParticipants(tx, participants);
  await insertIdentities(tx, participants);
  await appendEvents(
    tx,
    participants.map((participant) => ({
      type: "participant.created",
      subjectId: participant.id,
      audience: [participant.id],
      object: {
        id: participant.id,
        external_id: participant.external_id,
        country: participant.country,
        advocate_id: participant.upline[0] ?? null,
        created_at: tx.now.toISOString(),
      },
    })),
  );
}
