import { findPersons } from "../participants/find-persons.ts";
import type { Reader } from "../platform/database.ts";
import type { ReferralEntry } from "./contract.ts";
import { referralEntryWire } from "./presentation.ts";
import { listReferrals, type ReferralFilter } from "./store.ts";

/** Referrals with the names of both sides, one page of those that fit. */
export async function findReferralPage(reader: Reader, filter: ReferralFilter): Promise<ReferralEntry[]> {
  const pattern = filter.q === null ? null : `%${filter.q.replace(/[\\%_]/g, "\\$&")}%`;
  const rows = await listReferrals(reader, { ...filter, q: pattern });
  const persons = await findPersons(
    reader,
    rows.flatMap(({ refereeId, advocateId }) => (advocateId === null ? refereeId : [refereeId, advocateId])),
  );
  const names = new Map([...persons].map(([id, { name }]) => [id, name]));
  return rows.map((row) => referralEntryWire(row, names));
}
