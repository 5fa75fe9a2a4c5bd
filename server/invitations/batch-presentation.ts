import { type Batch, ROW_PROBLEMS } from "./batch.ts";
import { placeholderOf } from "./column-mapping.ts";
import type { BatchAnswer, RowAnswer } from "./contract/batches.ts";
import type { ToldRow } from "./store/batches.ts";

export type BatchCounts = BatchAnswer["counts"];

export function batchWire(batch: Batch, counts: BatchCounts): BatchAnswer {
  return {
    id: batch.id,
    participant_id: batch.inviterId,
    name: batch.name,
    status: batch.state,
    columns: batch.columns.map((title) => ({ title, placeholder: placeholderOf(title) })),
    mapping: batch.mapping,
    message: batch.message,
    language: batch.language,
    scheduled_at: text(batch.scheduledAt),
    expires_days: batch.expiresDays,
    per_minute: batch.perMinute,
    waits_for: batch.waitsFor === "next_minute" || batch.waitsFor === "tomorrow" ? batch.waitsFor : null,
    counts,
    created_at: batch.createdAt.toISOString(),
    started_at: text(batch.startedAt),
    ended_at: text(batch.endedAt),
  };
}

const text = (moment: Date | null): string | null => moment?.toISOString() ?? null;

export function rowWire(row: ToldRow): RowAnswer {
  const { number, cells, email, name, message, language, invitationId, state } = row;
  return {
    ...{ number, cells, email, name, message, language },
    problem: row.problem === null ? null : problemWire(row.problem),
    invitation_id: invitationId,
    status: state,
  };
}

export function problemWire(code: string): { code: string; message: string } {
  return { code, message: ROW_PROBLEMS[code] ?? "It cannot be sent." };
}

const HEADER = ["row", "email", "name", "status", "problem", "sent_at"];

/** What became of each row, as a sheet. */
export function resultTable(rows: readonly ToldRow[]): string[][] {
  return [
    HEADER,
    ...rows.map((row) => [
      String(row.number),
      row.email,
      row.name,
      row.state ?? (row.problem === null ? "ready" : "not_sent"),
      row.problem === null ? "" : problemWire(row.problem).message,
      text(row.sentAt) ?? "",
    ]),
  ].map((cells) => cells.map(harmless));
}

/** A sheet takes a cell that begins like this for a formula. */
function harmless(cell: string): string {
  return /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(cell) ? `'${cell}` : cell;
}
