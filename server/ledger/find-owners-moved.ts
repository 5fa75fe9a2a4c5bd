import type { Reader } from "../platform/database.ts";
import type { Period } from "../primitives/period.ts";
import { listOwnersMoved } from "./store.ts";

/** In whose accounts something moved during a period, a page at a time in the order of their ids. */
export async function findOwnersMoved(
  reader: Reader,
  period: Period,
  after: string,
  limit: number,
): Promise<string[]> {
  return (await listOwnersMoved(reader, period, after, limit)).map(({ ownerId }) => ownerId);
}
