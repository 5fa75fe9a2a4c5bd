import type { Reader } from "../platform/database.ts";
import { listQualifiedAfter } from "./store.ts";

/** Those of these people whose referral qualified only after a time. */
export async function findQualifiedAfter(
  reader: Reader,
  refereeIds: readonly string[],
  at: Date,
): Promise<Set<string>> {
  return new Set((await listQualifiedAfter(reader, refereeIds, at)).map(({ refereeId }) => refereeId));
}
