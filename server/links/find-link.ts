import type { Reader } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import type { Link } from "./link.ts";
import { readLink } from "./store.ts";

export async function findLink(reader: Reader, id: string): Promise<Link> {
  const link = await readLink(reader, id);
  if (!link) throw new Refusal("not_found");
  return link;
}
