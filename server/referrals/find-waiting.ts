import type { Reader } from "../platform/database.ts";
import { listLines } from "./store.ts";

/** How many wait for a place with this advocate. */
export async function findWaiting(reader: Reader, advocateId: string): Promise<number> {
  const [line] = await listLines(reader, [advocateId]);
  return line?.waiting ?? 0;
}
