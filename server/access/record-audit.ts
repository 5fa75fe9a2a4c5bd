import type { Tx } from "../platform/database.ts";
import { type AuditEntry, auditRow } from "./audit-entry.ts";
import * as store from "./store.ts";

/** Writes what was done in the transaction that does it: with a program into its log, without into the installation's. */
export async function recordAudit(tx: Tx, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map((entry) => auditRow(tx.newId("aud"), entry));
  if (tx.programId === null) await store.insertDirectoryAuditEntries(tx, rows);
  else store.insertAuditEntries(tx, tx.programId, rows);
}
