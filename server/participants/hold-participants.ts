import type { Tx } from "../platform/database.ts";
import type { Participant, ParticipantId } from "./participant.ts";
import { listPersonsByExternalId, lockParticipants } from "./store.ts";

/** Locks advocates until the transaction ends, and finds who is enrolled already under these external ids. */
export async function holdParticipants(
  tx: Tx,
  wanted: { advocateIds: readonly string[]; externalIds: readonly string[] },
): Promise<{ advocates: Participant[]; knownExternalIds: Map<string, ParticipantId> }> {
  const advocates = wanted.advocateIds.length === 0 ? [] : await lockParticipants(tx, wanted.advocateIds);
  const known = wanted.externalIds.length === 0 ? [] : await listPersonsByExternalId(tx, wanted.externalIds);
  return { advocates, knownExternalIds: new Map(known.map((one) => [one.externalId ?? "", one.id])) };
}
