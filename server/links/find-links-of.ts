import type { Reader } from "../platform/database.ts";
import { type Link, linkOf } from "./link.ts";
import { listLinksOf } from "./store.ts";

const LINKS_MAX = 60;

/** The links of one person that are not switched off, the one they were given first. */
export async function findLinksOf(reader: Reader, participantId: string): Promise<Link[]> {
  return (await listLinksOf(reader, participantId, LINKS_MAX)).map(linkOf);
}
