import { appendEvents } from "../events/append-events.ts";
import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { findProgram } from "../programs/find-program.ts";
import { recordOpenPlaces } from "./record-open-places.ts";
import { lockParticipants, updateParticipantStatus } from "./store.ts";

export type StatusChange = { status: "suspended"; reason: string } | { status: "active" };

/**
 * Suspends somebody, or lets them take part again. Whoever is so already stays as they are, with the reason they were
 * given first; answers whether anything changed. The caller holds the program's sign-ups.
 */
export async function setParticipantStatus(tx: Tx, id: string, change: StatusChange): Promise<boolean> {
  const [before] = await lockParticipants(tx, [id]);
  if (!before || before.status === "erased") throw new Refusal("not_found");
  if (before.status === change.status) return false;
  const reason = change.status === "suspended" ? change.reason : null;
  await updateParticipantStatus(tx, id, change.status, reason);
  if ((await findProgram(tx)).overflow === "spillover") await recordOpenPlaces(tx, [id]);
  await appendEvents(tx, [
    {
      type: change.status === "suspended" ? "participant.suspended" : "participant.updated",
      subjectId: id,
      // Their own page says so, with the reason.
      audience: [id],
      object: { id, status: change.status, changed: ["status"] },
    },
  ]);
  return true;
}
