import { appendEvents } from "../events/append-events.ts";
import type { Tx } from "../platform/database.ts";
import { markEmailVerified } from "./store.ts";

/** Notes that these people have shown their address to be theirs; said once for each. */
export async function verifyAddresses(tx: Tx, ids: readonly string[]): Promise<void> {
  const proven = await markEmailVerified(tx, ids);
  await appendEvents(
    tx,
    proven.map(({ id, status, country, segment }) => ({
      type: "participant.updated",
      subjectId: id,
      audience: [id],
      object: { id, status, country, segment, changed: ["email_verified"] },
    })),
  );
}
