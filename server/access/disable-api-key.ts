import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import type { Actor } from "./actor.ts";
import { recordAudit } from "./record-audit.ts";
import * as store from "./store.ts";

/** Ends a key for good. The caller tells the other instances once this is committed. */
export async function disableApiKey(
  tx: Tx,
  programId: string,
  id: string,
  cause: { actor: Actor; requestId: string | null },
): Promise<void> {
  if ((await store.disableApiKey(tx, programId, id)) === 0) throw new Refusal("not_found");
  await store.deleteApiKeySecret(tx, programId, id);
  await recordAudit(tx, [{ ...cause, operation: "api_keys.delete", subjectId: id }]);
}
