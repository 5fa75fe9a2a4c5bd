import { appendEvents } from "../events/append-events.ts";
import type { Tx } from "../platform/database.ts";
import { GROUPED } from "./slot.ts";
import { countUnread, markRead } from "./store.ts";

/** Some notices of a person are read, or all of them; their other screens hear of it. Answers how many are unread. */
export async function recordRead(
  tx: Tx,
  participantId: string,
  ids: readonly string[] | null,
): Promise<number> {
  const read = await markRead(tx, participantId, ids, GROUPED);
  if (read > 0)
    await appendEvents(tx, [
      { type: "notification.read", subjectId: participantId, audience: [participantId], object: null },
    ]);
  const [count] = await countUnread(tx, [participantId]);
  return count?.unread ?? 0;
}
