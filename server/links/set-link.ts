import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { findProgram } from "../programs/find-program.ts";
import { isGeneratedCode } from "./code.ts";
import { holdLink } from "./hold-link.ts";
import { type Link, linkOf } from "./link.ts";
import { checkLinkWish, type LinkWish } from "./link-wish.ts";
import { lookOf, type SlugRules } from "./slug.ts";
import { listLinkCounts } from "./store/counts.ts";
import { insertSlug, listTaken, updateLink } from "./store.ts";

/** Addresses a link can have had; each leads to it for ever. */
const FORMER_CODES_MAX = 10;

/** Changes what may change of a link. Under a new address the old ones go on working. */
export async function setLink(tx: Tx, id: string, wish: LinkWish, slugs: SlugRules): Promise<Link> {
  const link = await holdLink(tx, id);
  const granted = checkLinkWish(wish, { program: await findProgram(tx), slugs, now: tx.now });
  const changed = { ...link, ...granted, ...(await codesOf(tx, link, granted.slug)) };
  const uses = await usesOf(tx, link, granted);
  if (changed.maxUses !== null && changed.maxUses < uses)
    throw new Refusal("invalid_link", {
      errors: [
        {
          pointer: "/max_uses",
          code: "below_uses",
          message: `${uses} have joined through it already. Renew the link to count from zero.`,
        },
      ],
    });
  return linkOf(await updateLink(tx, { ...changed, uses }));
}

/** Null as a wish is the code we made. */
async function codesOf(
  tx: Tx,
  link: Link,
  slug: string | null | undefined,
): Promise<Pick<Link, "code" | "formerCodes">> {
  const all = [...link.formerCodes, link.code];
  const code = slug === undefined ? link.code : (slug ?? all.find(isGeneratedCode) ?? link.code);
  if (code === link.code) return { code, formerCodes: link.formerCodes };
  const formerCodes = all.filter((other) => other !== code);
  if (all.includes(code)) return { code, formerCodes };
  if (formerCodes.length > FORMER_CODES_MAX)
    throw new Refusal("too_many_codes", { facts: { limit: FORMER_CODES_MAX } });
  const look = lookOf(code);
  const taken = await listTaken(tx, [code], [look]);
  const isOwnLook = taken.length > 0 && taken.every((row) => row.linkId === link.id && row.code !== code);
  const chosen = { code, look: isOwnLook ? null : look, linkId: link.id, participantId: link.participantId };
  if ((await insertSlug(tx, chosen)) === 0) throw new Refusal("slug_taken", { facts: { slug: code } });
  return { code, formerCodes };
}

/** From the first limit on they are counted one by one; those before it are known from what was counted meanwhile. */
async function usesOf(tx: Tx, link: Link, { maxUses }: LinkWish): Promise<number> {
  if (link.maxUses !== null || maxUses === undefined || maxUses === null) return link.uses;
  const [counts] = await listLinkCounts(tx, [link.id]);
  return Number(counts?.signups ?? 0n);
}
