import type { Reader } from "../platform/database.ts";
import { listSuppressionsOf } from "./store/suppressions.ts";

/** Whether an address gets notices: it does; it does not take our mail; its owner wants no more of it. */
export type AddressState = "ok" | "bounced" | "stopped";

export async function findAddressState(reader: Reader, recipientHash: string): Promise<AddressState> {
  const wide = (await listSuppressionsOf(reader, [recipientHash])).filter(
    ({ scope }) => scope === "all" || scope === "optional",
  );
  if (wide.some(({ reason }) => reason === "bounced" || reason === "complained")) return "bounced";
  return wide.length > 0 ? "stopped" : "ok";
}
