import { type Actor, actorId } from "./actor.ts";
import type { Operation } from "./permission.ts";

/** Ids, figures and settings only: an entry stays when the person it is about is erased. */
export type AuditChanges = Record<string, string | number | boolean | null | readonly string[]>;

/** Who did what to which thing, in which request. */
export type AuditEntry = {
  actor: Actor;
  operation: Operation;
  subjectId: string | null;
  requestId: string | null;
  changes?: AuditChanges;
};

/** An entry as one row of the log. */
export type AuditRow = {
  id: string;
  actor_kind: Actor["kind"];
  actor_id: string | null;
  operation: Operation;
  subject_id: string | null;
  request_id: string | null;
  changes: AuditChanges | null;
};

export function auditRow(id: string, entry: AuditEntry): AuditRow {
  return {
    id,
    actor_kind: entry.actor.kind,
    actor_id: actorId(entry.actor),
    operation: entry.operation,
    subject_id: entry.subjectId,
    request_id: entry.requestId,
    changes: entry.changes ?? null,
  };
}
