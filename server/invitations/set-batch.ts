import type { Tx } from "../platform/database.ts";
import { type FieldProblem, Refusal } from "../primitives/refusal.ts";
import { assessRows } from "./assess-rows.ts";
import type { Batch, RowEdits } from "./batch.ts";
import { unknownPlaceholders } from "./column-mapping.ts";
import { readPersonalMessage } from "./personal-message.ts";
import { listOpenRows, updateBatch, updateBatchRows } from "./store/batches.ts";

export type BatchChange = Partial<
  Pick<Batch, "name" | "mapping" | "message" | "language" | "scheduledAt" | "expiresDays" | "perMinute">
>;

/** Changes a batch that was not sent yet, or some of its rows, and looks all of them over again. */
export async function setBatch(
  tx: Tx,
  batch: Batch,
  change: BatchChange,
  edited: readonly (RowEdits & { number: number })[],
  key: string,
): Promise<void> {
  // How fast it goes may be changed while it does.
  const isPaceOnly = edited.length === 0 && Object.keys(change).every((field) => field === "perMinute");
  if (batch.state !== "draft" && !isPaceOnly)
    throw new Refusal("batch_state", { facts: { reason: "It is being sent, or was sent, already." } });
  const after = { ...batch, ...change };
  const errors = problemsOf(after, tx.now);
  if (errors.length > 0) throw new Refusal("invalid_invitation", { errors });
  await updateBatch(tx, batch.id, after);
  if (batch.state !== "draft") return;
  const before = await listOpenRows(tx, batch.id);
  const edits = new Map(edited.map(({ number, ...written }) => [number, written]));
  const rows = before.map((row) => {
    const written = edits.get(row.number);
    return written ? { ...row, edits: { ...row.edits, ...written } } : row;
  });
  const assessed = await assessRows(tx, after, rows, key);
  // A thousand rows that stay what they are need not be written again.
  const changed = assessed.filter((row, index) => {
    const old = before[index];
    return old === undefined || FIELDS.some((field) => old[field] !== row[field]);
  });
  if (changed.length > 0) await updateBatchRows(tx, batch.id, changed);
}

const FIELDS = ["edits", "email", "name", "message", "language", "problem"] as const;

function problemsOf({ message, columns, mapping, scheduledAt }: Batch, now: Date): FieldProblem[] {
  const errors: FieldProblem[] = [];
  const read = readPersonalMessage(message);
  if (read.kind === "refused")
    errors.push({ pointer: "/message", code: read.problem.code, message: read.problem.message });
  const [unknown] = unknownPlaceholders(message, columns);
  if (unknown !== undefined)
    errors.push({
      pointer: "/message",
      code: "unknown_placeholder",
      message: `There is no column {${unknown}}.`,
    });
  for (const [field, index] of Object.entries(mapping))
    if (index !== null && index >= columns.length)
      errors.push({
        pointer: `/mapping/${field}`,
        code: "unknown_column",
        message: "There is no such column.",
      });
  if (scheduledAt && scheduledAt.getTime() <= now.getTime())
    errors.push({ pointer: "/scheduled_at", code: "in_the_past", message: "This moment has passed." });
  return errors;
}
