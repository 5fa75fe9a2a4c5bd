import type { Reader } from "../platform/database.ts";
import { listUnsettledIds } from "./store.ts";

/** The ids of conversions that are stored but not settled, oldest first, after the given one. */
export async function findUnsettled(reader: Reader, after: string, limit: number): Promise<string[]> {
  return (await listUnsettledIds(reader, after, limit)).map(({ id }) => id);
}
