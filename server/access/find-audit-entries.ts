import type { Reader } from "../platform/database.ts";
import { auditCursor, parseAuditCursor } from "./audit-cursor.ts";
import * as store from "./store.ts";

export type AuditPage = { entries: store.StoredAuditEntry[]; nextCursor: string | null };

const ROWS_DEFAULT = 50;

/** What was done in a program, newest first. */
export async function findAuditEntries(
  reader: Reader,
  programId: string,
  page: { limit?: number | undefined; after?: string | undefined },
): Promise<AuditPage> {
  const limit = page.limit ?? ROWS_DEFAULT;
  const after = page.after === undefined ? null : parseAuditCursor(page.after);
  // One row more than is shown says whether there is another page.
  const rows = await store.listAuditEntries(reader, programId, after, limit + 1);
  const entries = rows.slice(0, limit);
  const last = entries.at(-1);
  return { entries, nextCursor: rows.length > limit && last ? auditCursor(last) : null };
}
