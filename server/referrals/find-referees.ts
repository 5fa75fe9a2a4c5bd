import type { Reader } from "../platform/database.ts";
import type { Referral } from "./referral.ts";
import { listReferees } from "./store.ts";

/** Those whom these advocates brought and who count, oldest first; or had brought by a time. */
export async function findReferees(
  reader: Reader,
  advocateIds: readonly string[],
  limit: number,
  after: string | null,
  at: Date | null = null,
): Promise<Referral[]> {
  return listReferees(reader, advocateIds, limit, after, at);
}
