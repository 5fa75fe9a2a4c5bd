import type { Tx } from "../platform/database.ts";
import { holdLink } from "./hold-link.ts";
import { type Link, linkOf } from "./link.ts";
import { updateLinkState } from "./store.ts";

/** The link works again; one whose date has passed meanwhile has expired. */
export async function resumeLink(tx: Tx, id: string): Promise<Link> {
  const link = await holdLink(tx, id);
  return link.state === "paused" ? linkOf(await updateLinkState(tx, id, "active")) : link;
}
