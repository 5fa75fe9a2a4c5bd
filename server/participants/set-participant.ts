import { appendEvents } from "../events/append-events.ts";
import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import type { Participant } from "./participant.ts";
import { lockParticipants, updateParticipant } from "./store.ts";

export type ParticipantChange = { country?: string | null; segment?: string | null };

const FIELDS = ["country", "segment"] as const;

/** Changes what the operator says about a person; where they stand in the network is not part of it. */
export async function setParticipant(tx: Tx, id: string, change: ParticipantChange): Promise<Participant> {
  const [before] = await lockParticipants(tx, [id]);
  if (!before || before.status === "erased") throw new Refusal("not_found");
  const changed = { ...before, ...change };
  if (changed.country === before.country && changed.segment === before.segment) return before;
  await updateParticipant(tx, id, changed);
  await appendEvents(tx, [
    {
      type: "participant.updated",
      subjectId: id,
      audience: [],
      object: {
        ...{ id, status: changed.status, country: changed.country, segment: changed.segment },
        changed: FIELDS.filter((field) => changed[field] !== before[field]),
      },
    },
  ]);
  return changed;
}
