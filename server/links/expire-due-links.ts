import { appendEvents } from "../events/append-events.ts";
import type { Tx } from "../platform/database.ts";
import { expireLinks } from "./store.ts";

const LINKS_PER_ROUND_MAX = 500;

/** Tells the log of links whose date has passed. They brought nobody since that moment, told or not. */
export async function expireDueLinks(tx: Tx): Promise<number> {
  const expired = await expireLinks(tx, LINKS_PER_ROUND_MAX);
  await appendEvents(
    tx,
    expired.map(({ id, participantId, expiresAt }) => ({
      type: "link.expired" as const,
      subjectId: id,
      audience: [participantId],
      object: { id, participant_id: participantId, expires_at: expiresAt.toISOString() },
    })),
  );
  return expired.length;
}
