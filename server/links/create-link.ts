import { appendEvents } from "../events/append-events.ts";
import type { Person } from "../participants/participant.ts";
import type { Tx } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { findProgram } from "../programs/find-program.ts";
import { issueCode } from "./issue-code.ts";
import { type Link, linkOf } from "./link.ts";
import { checkLinkWish, type LinkWish } from "./link-wish.ts";
import { lookOf, type SlugRules } from "./slug.ts";
import { countLinksOf, insertLink, insertLinkCodes, insertSlug, lockLinksOf } from "./store.ts";

const LINKS_PER_PARTICIPANT_MAX = 50;
/** With those that are switched off: their addresses are nobody else's for ever. */
const LINKS_EVER_MAX = 500;

/** Gives somebody another link, besides the one they were given when they joined. */
export async function createLink(
  tx: Tx,
  owner: Pick<Person, "id" | "status">,
  wish: LinkWish,
  slugs: SlugRules,
): Promise<Link> {
  if (owner.status !== "active") throw new Refusal("advocate_not_active");
  const granted = checkLinkWish(wish, { program: await findProgram(tx), slugs, now: tx.now });
  await lockLinksOf(tx, owner.id);
  const count = await countLinksOf(tx, owner.id);
  if (count.usable >= LINKS_PER_PARTICIPANT_MAX || count.all >= LINKS_EVER_MAX)
    throw new Refusal("too_many_links", { facts: { limit: LINKS_PER_PARTICIPANT_MAX } });
  const id = tx.newId("lnk");
  const generated = issueCode();
  const slug = granted.slug ?? null;
  await insertLinkCodes(tx, [{ id, participant_id: owner.id, code: generated }]);
  const chosen = { code: slug ?? "", look: lookOf(slug ?? ""), linkId: id, participantId: owner.id };
  if (slug !== null && (await insertSlug(tx, chosen)) === 0)
    throw new Refusal("slug_taken", { facts: { slug } });
  const row = await insertLink(tx, {
    id,
    participantId: owner.id,
    code: slug ?? generated,
    formerCodes: slug === null ? [] : [generated],
    label: granted.label ?? null,
    channel: granted.channel ?? null,
    destinationUrl: granted.destinationUrl ?? null,
    parameters: granted.parameters ?? {},
    expiresAt: granted.expiresAt ?? null,
    maxUses: granted.maxUses ?? null,
  });
  await appendEvents(tx, [
    {
      type: "link.created",
      subjectId: id,
      audience: [owner.id],
      object: { id, participant_id: owner.id, channel: row.channel, created_at: row.createdAt.toISOString() },
    },
  ]);
  return linkOf(row);
}
