import type { Tx } from "../platform/database.ts";
import { updateDirectLimits } from "./store.ts";

/** Gives every participant the plan's limit; whoever has more direct referrals already keeps those, and gets no more. */
export async function setDirectLimits(tx: Tx, directLimit: number | null): Promise<void> {
  await updateDirectLimits(tx, directLimit);
}
