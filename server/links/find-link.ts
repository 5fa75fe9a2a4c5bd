import type { Reader } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { type Link, linkOf } from "./link.ts";
import { listLinks } from "./store.ts";

export async function findLink(reader: Reader, id: string): Promise<Link> {
  const [link] = await listLinks(reader, [id]);
  if (!link) throw new Refusal("not_found");
  return linkOf(link);
}
