import type { Tx } from "../platform/database.ts";
import { issueCode } from "./issue-code.ts";
import type { LinkId } from "./link.ts";
import { insertLinkCodes, insertLinks } from "./store.ts";

/** Gives each participant a link of their own; answers the codes in the order asked. */
export async function createLinks(
  tx: Tx,
  participantIds: readonly string[],
): Promise<{ id: LinkId; code: string }[]> {
  if (participantIds.length === 0) return [];
  const links = participantIds.map((participantId) => ({
    id: tx.newId("lnk"),
    participant_id: participantId,
    code: issueCode(),
  }));
  await insertLinks(tx, links);
  await insertLinkCodes(tx, links);
  return links;
}
