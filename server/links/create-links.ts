import { randomBytes } from "node:crypto";
import type { Tx } from "../platform/database.ts";
import { codeFromBytes } from "./code.ts";
import type { LinkId } from "./link.ts";
import { insertLinkCodes, insertLinks } from "./store.ts";

const BYTES = 24;

/** Gives each participant a link of their own; answers the codes in the order asked. */
export async function createLinks(
  tx: Tx,
  participantIds: readonly string[],
): Promise<{ id: LinkId; code: string }[]> {
  if (participantIds.length === 0) return [];
  const links = participantIds.map((participantId) => ({
    id: tx.newId("lnk"),
    participant_id: participantId,
    code: randomCode(),
  }));
  await insertLinks(tx, links);
  await insertLinkCodes(tx, links);
  return links;
}

function randomCode(): string {
  for (;;) {
    const code = codeFromBytes(randomBytes(BYTES));
    if (code !== null) return code;
  }
}
