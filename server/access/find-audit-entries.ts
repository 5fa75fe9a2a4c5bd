import type { Reader } from "../platform/database.ts";
import { type Page, type PageRequest, pageOf, pageWindow } from "../primitives/page.ts";
import { auditEntryAnswer } from "./answers.ts";
import { auditCursor, parseAuditCursor } from "./audit-cursor.ts";
import type { AuditEntryAnswer } from "./contract.ts";
import * as store from "./store.ts";

/** What was done in a program, newest first. */
export async function findAuditEntries(
  reader: Reader,
  programId: string,
  query: PageRequest,
): Promise<Page<AuditEntryAnswer>> {
  const { limit, after, before } = pageWindow(query);
  const rows =
    before === null
      ? await store.listAuditEntries(
          reader,
          programId,
          after === null ? null : parseAuditCursor(after),
          limit,
        )
      : await store.listNewerAuditEntries(reader, programId, parseAuditCursor(before), limit);
  return pageOf(rows, query, auditCursor, auditEntryAnswer);
}
