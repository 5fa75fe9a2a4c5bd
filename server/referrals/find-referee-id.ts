import { findPersons } from "../participants/find-persons.ts";
import type { Reader } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { readReferral } from "./store.ts";

/** Whose referral is meant: by its id, or by theirs, also of somebody whom nobody has brought so far. */
export async function findRefereeId(reader: Reader, id: string): Promise<string> {
  if (id.startsWith("par_") && (await findPersons(reader, [id])).has(id)) return id;
  const referral = await readReferral(reader, id);
  if (!referral) throw new Refusal("not_found");
  return referral.refereeId;
}
