import type { Tx } from "../platform/database.ts";
import type { Actor } from "./actor.ts";
import * as store from "./store.ts";

/** Gives a program that was just created its name in lists and its owners: whoever made it and those of the installation. */
export async function openProgramAccess(
  tx: Tx,
  programId: string,
  name: string,
  actor: Actor,
): Promise<void> {
  await store.updateProgramName(tx, programId, name);
  await store.insertOwnersAsMembers(tx, programId);
  if (actor.kind === "user") await store.upsertMembership(tx, programId, actor.userId, "owner");
}
