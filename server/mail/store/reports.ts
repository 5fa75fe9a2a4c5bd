import { sql } from "kysely";
import type { Reader, Tx } from "../../platform/database.ts";
import type { MailId, MailState } from "../mail.ts";

export type ReportedRow = {
  id: MailId;
  message: string;
  subjectId: string | null;
  state: MailState;
  softBounces: number;
  recipientHash: string | null;
};

export const lockReportedMail = (tx: Tx, id: string) =>
  tx.maybe<ReportedRow>(sql`
    select id, message, subject_id, state, soft_bounces, recipient_hash from mails
     where program_id = ${tx.programId} and id = ${id} for update`);

/** The last that went out to somebody: what a report that names only the address is about. */
export const findLastSent = (reader: Reader, recipientHash: string) =>
  reader.maybe<{ id: MailId }>(sql`
    select id from mails
     where program_id = ${reader.programId} and recipient_hash = ${recipientHash} and sent_at is not null
     order by sent_at desc, id desc
     limit 1`);

export const markReported = (tx: Tx, id: MailId, state: MailState, detail: string) =>
  tx.run(sql`
    update mails set state = ${state}, detail = ${detail}, ended_at = ${tx.now}, leased_until = null
     where program_id = ${tx.programId} and id = ${id}`);

export const queueAfterBounce = (tx: Tx, id: MailId, detail: string, nextAttemptAt: Date) =>
  tx.run(sql`
    update mails
       set state = 'queued', detail = ${detail}, soft_bounces = soft_bounces + 1, next_attempt_at = ${nextAttemptAt},
           send_at = ${tx.now}, ended_at = null, leased_until = null
     where program_id = ${tx.programId} and id = ${id} and to_address is not null`);
