import type { Reader } from "../platform/database.ts";
import { readPersonCounts } from "./store.ts";

export type PersonCounts = {
  directCount: number;
  directLimit: number | null;
  visits: number;
  qualified: number;
};

/** What is counted for one participant; null when there is none with this id. */
export async function findPersonCounts(reader: Reader, participantId: string): Promise<PersonCounts | null> {
  const row = await readPersonCounts(reader, participantId);
  return row && { ...row, visits: Number(row.visits), qualified: Number(row.qualified) };
}
