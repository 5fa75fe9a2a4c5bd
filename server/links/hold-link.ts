import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { type Link, linkOf } from "./link.ts";
import { lockLink } from "./store.ts";

/** One link, held until the transaction ends. What is disabled cannot be changed any more. */
export async function holdLink(tx: Tx, id: string): Promise<Link> {
  const row = await lockLink(tx, id);
  if (!row) throw new Refusal("not_found");
  const link = linkOf(row);
  if (link.state === "disabled") throw new Refusal("link_disabled");
  return link;
}
