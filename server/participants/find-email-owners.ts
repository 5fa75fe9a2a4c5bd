import type { Reader } from "../platform/database.ts";
import { listEmailHashes } from "./store.ts";

/** Which of the hashed addresses are taken, and the hash of each participant asked for. */
export async function findEmailOwners(
  reader: Reader,
  emailHashes: readonly string[],
  participantIds: readonly string[],
): Promise<{ taken: Set<string>; hashOf: Map<string, string> }> {
  const rows = await listEmailHashes(reader, emailHashes, participantIds);
  const asked = new Set(emailHashes);
  return {
    taken: new Set(rows.map((row) => row.emailHash).filter((hash) => asked.has(hash))),
    hashOf: new Map(rows.map((row) => [row.participantId, row.emailHash])),
  };
}
