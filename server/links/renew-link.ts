import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { holdLink } from "./hold-link.ts";
import { type Link, linkOf } from "./link.ts";
import { updateLink, updateLinkState } from "./store.ts";

export type Renewal = {
  /** Left out: without a date. */
  expiresAt: Date | null;
  /** Left out: as many as before. */
  maxUses?: number | null;
};

/** A link that has expired, is used up or paused works again, and counts its uses from zero. */
export async function renewLink(tx: Tx, id: string, { expiresAt, maxUses }: Renewal): Promise<Link> {
  const link = await holdLink(tx, id);
  if (expiresAt !== null && expiresAt <= tx.now)
    throw new Refusal("invalid_link", {
      errors: [
        { pointer: "/expires_at", code: "in_the_past", message: "Choose a time that is still to come." },
      ],
    });
  const limit = maxUses === undefined ? link.maxUses : maxUses;
  await updateLink(tx, { ...link, expiresAt, maxUses: limit, uses: 0 });
  return linkOf(await updateLinkState(tx, id, "active"));
}
