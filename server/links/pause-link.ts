import type { Tx } from "../platform/database.ts";
import { holdLink } from "./hold-link.ts";
import { type Link, linkOf } from "./link.ts";
import { updateLinkState } from "./store.ts";

/** Whoever follows the link is told that it rests; what it brought stays. */
export async function pauseLink(tx: Tx, id: string): Promise<Link> {
  const link = await holdLink(tx, id);
  return link.state === "paused" ? link : linkOf(await updateLinkState(tx, id, "paused"));
}
