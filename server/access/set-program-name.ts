import type { Tx } from "../platform/database.ts";
import * as store from "./store.ts";

/** Keeps the name that is shown before a program is chosen equal to the program's own. */
export async function setProgramName(tx: Tx, programId: string, name: string): Promise<void> {
  await store.updateProgramName(tx, programId, name);
}
