import { appendEvents } from "../events/append-events.ts";
import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { holdLink } from "./hold-link.ts";
import { type Link, linkOf } from "./link.ts";
import { listFirstLinks, updateLinkState } from "./store.ts";

/** For good: none of its addresses brings anybody any more, and nobody else gets one of them. */
export async function disableLink(tx: Tx, id: string): Promise<Link> {
  const link = await holdLink(tx, id);
  const [first] = await listFirstLinks(tx, [link.participantId]);
  if (first?.id === id) throw new Refusal("default_link");
  const row = await updateLinkState(tx, id, "disabled");
  await appendEvents(tx, [
    {
      type: "link.disabled",
      subjectId: id,
      audience: [link.participantId],
      object: { id, participant_id: link.participantId },
    },
  ]);
  return linkOf(row);
}
