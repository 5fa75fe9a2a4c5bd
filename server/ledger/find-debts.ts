import type { Reader } from "../platform/database.ts";
import { type Debt, listDebts } from "./store.ts";

/** Who owes, among some accounts after the given one, and since when; `last` is where to go on, null at the end. */
export async function findDebts(
  reader: Reader,
  after: string,
  limit: number,
): Promise<{ debts: Debt[]; last: string | null }> {
  const rows = await listDebts(reader, after, limit);
  const last = rows.at(-1)?.accountId ?? null;
  return {
    debts: rows.filter(({ since }) => since !== null) as Debt[],
    last: rows.length < limit ? null : last,
  };
}
