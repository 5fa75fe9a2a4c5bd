import type { Reader } from "../platform/database.ts";
import type { Person } from "./participant.ts";
import { listPersonsByExternalId, listPersonsNewest } from "./store.ts";

export type PersonSearch = {
  q: string | null;
  segment: string | null;
  externalId: string | null;
  after: string | null;
  before: string | null;
  limit: number;
};

/** Participants, newest first, one page of those who fit the search. */
export async function findPersonPage(reader: Reader, search: PersonSearch): Promise<Person[]> {
  if (search.externalId !== null) return listPersonsByExternalId(reader, [search.externalId]);
  const pattern = search.q === null ? null : `%${search.q.replace(/[\\%_]/g, "\\$&")}%`;
  return listPersonsNewest(reader, { ...search, q: pattern });
}
