import type { Reader } from "../platform/database.ts";
import type { Person } from "./participant.ts";
import { listPersons } from "./store.ts";

/** Participants with their names, by id; ids nobody has are left out. */
export async function findPersons(reader: Reader, ids: readonly string[]): Promise<Map<string, Person>> {
  if (ids.length === 0) return new Map();
  const rows = await listPersons(reader, [...new Set(ids)]);
  return new Map(rows.map((row) => [row.id, row]));
}
