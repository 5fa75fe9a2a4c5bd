import type { Tx } from "../platform/database.ts";
import { lockTermsAlone } from "./store.ts";

/** Nobody settles anything until the transaction ends: whoever does is before it, or after it. */
export async function holdTermsAlone(tx: Tx): Promise<void> {
  await lockTermsAlone(tx);
}
