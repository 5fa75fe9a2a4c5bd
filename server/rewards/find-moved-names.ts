import { findPersons } from "../participants/find-persons.ts";
import type { Reader } from "../platform/database.ts";
import type { MovedMoney, NameOf } from "../referrals/reassignment.ts";

/** The names of these people, and of those whose money moves. */
export async function findMovedNames(
  reader: Reader,
  ids: readonly string[],
  money: readonly MovedMoney[],
): Promise<NameOf> {
  const persons = await findPersons(reader, [...ids, ...money.map(({ participant_id }) => participant_id)]);
  return (id) => (id === null ? null : (persons.get(id)?.name ?? null));
}
