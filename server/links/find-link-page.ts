import type { Reader } from "../platform/database.ts";
import { type Link, linkOf } from "./link.ts";
import { type LinkFilter, listLinkPage } from "./store.ts";

/** Newest first. */
export async function findLinkPage(reader: Reader, filter: LinkFilter): Promise<Link[]> {
  return (await listLinkPage(reader, filter)).map(linkOf);
}
