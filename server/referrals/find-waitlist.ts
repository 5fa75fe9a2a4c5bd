import { findPersons } from "../participants/find-persons.ts";
import type { Reader } from "../platform/database.ts";
import { type Page, type PageRequest, pageOf } from "../primitives/page.ts";
import { Refusal } from "../primitives/refusal.ts";
import type { WaitingAnswer } from "./contract.ts";
import { listLine } from "./store.ts";

const ROWS_DEFAULT = 50;

/** Who waits for a place with an advocate, by name as direct friends are; the next one first. */
export async function findWaitlist(
  reader: Reader,
  advocateId: string,
  query: Pick<PageRequest, "limit" | "after">,
): Promise<Page<WaitingAnswer>> {
  const after = query.after === undefined ? 0 : Number(query.after);
  if (!Number.isSafeInteger(after) || after < 0) throw new Refusal("invalid_cursor");
  const rows = await listLine(reader, advocateId, after, (query.limit ?? ROWS_DEFAULT) + 1);
  const persons = await findPersons(
    reader,
    rows.map(({ refereeId }) => refereeId),
  );
  return pageOf(
    rows,
    query,
    ({ waitNumber }) => String(waitNumber),
    ({ id, refereeId, position, createdAt }) => ({
      referral_id: id,
      participant_id: refereeId,
      name: persons.get(refereeId)?.name ?? "",
      position: Number(position),
      waiting_since: createdAt.toISOString(),
    }),
  );
}
