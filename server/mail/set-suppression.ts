import type { Tx } from "../platform/database.ts";
import { insertSuppression, listSuppressionsOf } from "./store/suppressions.ts";
import type { Suppression, SuppressionScope } from "./suppression.ts";

/** What somebody of the program's team says about an address; the same once. */
export async function setSuppression(
  tx: Tx,
  {
    recipientHash,
    scope,
  }: { recipientHash: string; scope: Exclude<SuppressionScope, "inviter" | "message"> },
): Promise<{ suppression: Suppression; isNew: boolean }> {
  const wish = {
    recipientHash,
    scope,
    reason: "manual",
    inviterId: null,
    message: null,
    mailId: null,
  } as const;
  const made = await insertSuppression(tx, { ...wish, id: tx.newId("sup") });
  if (made) return { suppression: made, isNew: true };
  const known = (await listSuppressionsOf(tx, [recipientHash])).find((one) => one.scope === scope);
  if (!known) throw new Error("A suppression that is there cannot be read.");
  return { suppression: known, isNew: false };
}
