import type { Tx } from "../platform/database.ts";
import { deleteOpenPlaces, insertOpenPlaces } from "./store/open-places.ts";

/** Something about these people's room has changed: each is an open place for those above, or none any more. */
export async function recordOpenPlaces(tx: Tx, participantIds: readonly string[]): Promise<void> {
  if (participantIds.length === 0) return;
  const ids = [...new Set(participantIds)];
  await deleteOpenPlaces(tx, ids);
  await insertOpenPlaces(tx, ids);
}
