import type { Reader } from "../platform/database.ts";
import { listActiveIds } from "./store.ts";

/** Those who take part, a page at a time in the order of their ids. */
export async function findActiveIds(reader: Reader, after: string, limit: number): Promise<string[]> {
  return (await listActiveIds(reader, after, limit)).map(({ id }) => id);
}
