import type { Reader } from "../platform/database.ts";
import { parseParticipantRef } from "./participant.ts";
import { type BuyerRow, listBuyers } from "./store.ts";

/** Those who are named, by our id or theirs, with the standing of the nearest `levels` of their upline. */
export async function findBuyers(
  reader: Reader,
  refs: readonly string[],
  levels: number,
): Promise<Map<string, BuyerRow>> {
  const ids: string[] = [];
  const externalIds: string[] = [];
  for (const ref of refs) {
    const parsed = parseParticipantRef(ref);
    if ("id" in parsed) ids.push(parsed.id);
    else externalIds.push(parsed.externalId);
  }
  const buyers = new Map<string, BuyerRow>();
  for (const row of await listBuyers(reader, ids, externalIds, levels)) {
    buyers.set(row.id, row);
    if (row.externalId !== null) buyers.set(`ext:${row.externalId}`, row);
  }
  return buyers;
}
