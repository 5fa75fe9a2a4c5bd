import { sql } from "kysely";
import { andAll, pageBy } from "../../platform/conditions.ts";
import type { Reader, Tx } from "../../platform/database.ts";
import { tableOf } from "../../platform/rows.ts";
import type { Batch, BatchRow, BatchState, RowEdits, RowFields } from "../batch.ts";
import type { BatchId, InvitationState } from "../invitation.ts";

const COLUMNS = sql`id, inviter_id, name, state, columns, mapping, message, language, scheduled_at, expires_days,
       per_minute, is_limited, minute_started_at, minute_sent, waits_for, created_at, started_at, ended_at`;
const ROW_COLUMNS = sql`number, cells, edits, email, email_hash, name, message, language, problem, invitation_id`;

export type NewBatch = Omit<
  Batch,
  "state" | "minuteStartedAt" | "minuteSent" | "waitsFor" | "createdAt" | "startedAt" | "endedAt"
>;

export const insertBatch = (tx: Tx, batch: NewBatch) =>
  tx.run(sql`
    insert into invitation_batches (program_id, id, inviter_id, name, state, columns, mapping, message, language,
           scheduled_at, expires_days, per_minute, is_limited, created_at)
    values (${tx.programId}, ${batch.id}, ${batch.inviterId}, ${batch.name}, 'draft',
            ${JSON.stringify(batch.columns)}::jsonb, ${JSON.stringify(batch.mapping)}::jsonb, ${batch.message},
            ${batch.language}, ${batch.scheduledAt}::timestamptz, ${batch.expiresDays}, ${batch.perMinute},
            ${batch.isLimited}, ${tx.now}::timestamptz)`);

export const readBatch = (reader: Reader, id: string) =>
  reader.maybe<Batch>(sql`
    select ${COLUMNS} from invitation_batches where program_id = ${reader.programId} and id = ${id}`);

export const lockBatch = (tx: Tx, id: string) =>
  tx.maybe<Batch>(sql`
    select ${COLUMNS} from invitation_batches where program_id = ${tx.programId} and id = ${id} for no key update`);

/** One that another instance is busy with is passed over. */
export const lockSendingBatch = (tx: Tx, after: string) =>
  tx.maybe<Batch>(sql`
    select ${COLUMNS}
      from invitation_batches
     where program_id = ${tx.programId} and state = 'sending' and id > ${after}
       and (scheduled_at is null or scheduled_at <= ${tx.now}::timestamptz)
     order by id
     limit 1 for no key update skip locked`);

export const listBatches = (
  reader: Reader,
  filter: { inviterId: string | null; after: string | null; before: string | null; limit: number },
) => {
  const { conditions, order } = pageBy(sql`id`, filter);
  return reader.many<Batch>(sql`
    select ${COLUMNS}
      from invitation_batches
     where program_id = ${reader.programId}
       ${andAll([filter.inviterId === null ? null : sql`inviter_id = ${filter.inviterId}`, ...conditions])}
     order by ${order}
     limit ${filter.limit}`);
};

export const updateBatch = (
  tx: Tx,
  id: string,
  batch: Pick<
    Batch,
    "name" | "mapping" | "message" | "language" | "scheduledAt" | "expiresDays" | "perMinute"
  >,
) =>
  tx.run(sql`
    update invitation_batches
       set name = ${batch.name}, mapping = ${JSON.stringify(batch.mapping)}::jsonb, message = ${batch.message},
           language = ${batch.language}, scheduled_at = ${batch.scheduledAt}::timestamptz,
           expires_days = ${batch.expiresDays}, per_minute = ${batch.perMinute}
     where program_id = ${tx.programId} and id = ${id}`);

export const updateBatchState = (tx: Tx, id: string, state: BatchState) =>
  tx.run(sql`
    update invitation_batches
       set state = ${state}, waits_for = null,
           started_at = case when ${state} = 'sending' then coalesce(started_at, ${tx.now}::timestamptz) else started_at end,
           ended_at = case when ${state} in ('completed', 'cancelled') then ${tx.now}::timestamptz end
     where program_id = ${tx.programId} and id = ${id}`);

export const recordPace = (
  tx: Tx,
  id: string,
  pace: { minuteStartedAt: Date | null; minuteSent: number; waitsFor: string | null },
) =>
  tx.run(sql`
    update invitation_batches
       set minute_started_at = ${pace.minuteStartedAt}::timestamptz, minute_sent = ${pace.minuteSent},
           waits_for = ${pace.waitsFor}
     where program_id = ${tx.programId} and id = ${id}`);

export type NewBatchRow = RowFields & { number: number; cells: string[]; problem: string | null };

export const insertBatchRows = (tx: Tx, batchId: string, rows: readonly NewBatchRow[]) =>
  tx.run(sql`
    insert into invitation_batch_rows (program_id, batch_id, number, cells, email, email_hash, name, message, language,
           problem)
    select ${tx.programId}, ${batchId}, number, cells, email, email_hash, name, message, language, problem
      from ${tableOf(
        "batch_row",
        {
          ...{ number: "int", cells: "jsonb", email: "text", email_hash: "id", name: "text" },
          ...{ message: "text", language: "id", problem: "id" },
        },
        rows.map(({ emailHash, ...row }) => ({ ...row, email_hash: emailHash })),
      )}`);

/** All rows that nothing has become of yet. */
export const listOpenRows = (reader: Reader, batchId: string) =>
  reader.many<BatchRow>(sql`
    select ${ROW_COLUMNS}
      from invitation_batch_rows
     where program_id = ${reader.programId} and batch_id = ${batchId} and invitation_id is null
     order by number`);

export const updateBatchRows = (
  tx: Tx,
  batchId: string,
  rows: readonly (RowFields & { number: number; edits: RowEdits | null; problem: string | null })[],
) =>
  tx.run(sql`
    update invitation_batch_rows as old
       set edits = changed.edits, email = changed.email, email_hash = changed.email_hash, name = changed.name,
           message = changed.message, language = changed.language, problem = changed.problem
      from ${tableOf(
        "changed",
        {
          ...{ number: "int", edits: "jsonb", email: "text", email_hash: "id", name: "text" },
          ...{ message: "text", language: "id", problem: "id" },
        },
        rows.map(({ emailHash, ...row }) => ({ ...row, email_hash: emailHash })),
      )}
     where old.program_id = ${tx.programId} and old.batch_id = ${batchId} and old.number = changed.number`);

/** The next that can be sent. */
export const listReadyRows = (reader: Reader, batchId: string, limit: number) =>
  reader.many<BatchRow>(sql`
    select ${ROW_COLUMNS}
      from invitation_batch_rows
     where program_id = ${reader.programId} and batch_id = ${batchId} and problem is null and invitation_id is null
     order by number
     limit ${limit}`);

export const recordRowOutcomes = (
  tx: Tx,
  batchId: string,
  outcomes: readonly { number: number; invitationId: string | null; problem: string | null }[],
) =>
  tx.run(sql`
    update invitation_batch_rows as old
       set invitation_id = outcome.invitation_id, problem = outcome.problem
      from ${tableOf(
        "outcome",
        { number: "int", invitation_id: "id", problem: "id" },
        outcomes.map(({ number, invitationId, problem }) => ({
          number,
          invitation_id: invitationId,
          problem,
        })),
      )}
     where old.program_id = ${tx.programId} and old.batch_id = ${batchId} and old.number = outcome.number`);

export type ToldRow = BatchRow & {
  state: InvitationState | null;
  reason: string | null;
  sentAt: Date | null;
};

export type RowFilter = {
  batchId: string;
  /** A problem; "any": those that have one; "ready", "sent": those that have none, by what became of them. */
  problem: string | null;
  after: number;
  limit: number;
};

export const listBatchRows = (reader: Reader, { batchId, problem, after, limit }: RowFilter) =>
  reader.many<ToldRow>(sql`
    select batch_row.number, batch_row.cells, batch_row.edits, batch_row.email, batch_row.email_hash, batch_row.name,
           batch_row.message, batch_row.language, batch_row.problem, batch_row.invitation_id,
           invitation.state, invitation.reason, invitation.sent_at
      from invitation_batch_rows as batch_row
      left join invitations as invitation
        on invitation.program_id = batch_row.program_id and invitation.id = batch_row.invitation_id
     where batch_row.program_id = ${reader.programId} and batch_row.batch_id = ${batchId} and batch_row.number > ${after}
       ${andAll([
         problem === "any" ? sql`batch_row.problem is not null` : null,
         problem === "ready" ? sql`batch_row.problem is null and batch_row.invitation_id is null` : null,
         problem === "sent" ? sql`batch_row.invitation_id is not null` : null,
         problem !== null && !["any", "ready", "sent"].includes(problem)
           ? sql`batch_row.problem = ${problem}`
           : null,
       ])}
     order by batch_row.number
     limit ${limit}`);

export const countBatchRows = (reader: Reader, batchIds: readonly string[]) =>
  reader.many<{ batchId: BatchId; problem: string | null; isInvited: boolean; count: bigint }>(sql`
    select batch_id, problem, invitation_id is not null as is_invited, count(*) as count
      from invitation_batch_rows
     where program_id = ${reader.programId} and batch_id = any(${batchIds})
     group by batch_id, problem, is_invited
     order by batch_id, problem, is_invited`);

export const countBatchStates = (reader: Reader, batchIds: readonly string[]) =>
  reader.many<{ batchId: BatchId; state: InvitationState; count: bigint }>(sql`
    select batch_id, state, count(*) as count
      from invitations
     where program_id = ${reader.programId} and batch_id = any(${batchIds})
     group by batch_id, state
     order by batch_id, state`);
