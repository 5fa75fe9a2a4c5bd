import { sql } from "kysely";
import { andAll, pageBy } from "../../platform/conditions.ts";
import type { Reader, Tx } from "../../platform/database.ts";
import { tableOf } from "../../platform/rows.ts";
import type { Mail, MailId, MailState } from "../mail.ts";

const COLUMNS = sql`id, key, message, language, facts, to_address, participant_id, inviter_id, subject_id, from_name,
       state, detail, attempts, send_at, next_attempt_at, created_at, sent_at, ended_at`;

export type NewMailRow = {
  id: MailId;
  key: string;
  message: string;
  language: string;
  facts: object;
  to_address: string;
  domain: string;
  priority: number;
  participant_id: string | null;
  inviter_id: string | null;
  subject_id: string | null;
  from_name: string | null;
  send_at: Date;
};

const NEW_MAIL = {
  id: "id",
  key: "text",
  message: "text",
  language: "text",
  facts: "jsonb",
  to_address: "text",
  domain: "text",
  priority: "smallint",
  participant_id: "id",
  inviter_id: "id",
  subject_id: "id",
  from_name: "text",
  send_at: "timestamptz",
} as const;

/** What is posted already stays as it is. */
export const insertMails = (tx: Tx, mails: readonly NewMailRow[]) =>
  tx.run(sql`
    insert into mails (program_id, id, key, message, language, facts, to_address, domain, priority, participant_id,
           inviter_id, subject_id, from_name, state, send_at, next_attempt_at, created_at)
    select ${tx.programId}, id, key, message, language, facts, to_address, domain, priority, participant_id,
           inviter_id, subject_id, from_name, 'queued', send_at, send_at, ${tx.now}::timestamptz
      from ${tableOf("mail", NEW_MAIL, mails)}
    on conflict (program_id, key) do nothing`);

export const listMailIdsByKey = (reader: Reader, keys: readonly string[]) =>
  reader.many<{ key: string; id: MailId }>(sql`
    select key, id from mails where program_id = ${reader.programId} and key = any(${keys}) order by key`);

/** Ends what still waits, by its id or by its key; answers which those were. */
export const markCancelled = (tx: Tx, names: readonly string[]) =>
  tx.many<{ id: MailId }>(sql`
    update mails set state = 'cancelled', ended_at = ${tx.now}
     where program_id = ${tx.programId} and state = 'queued' and (id = any(${names}) or key = any(${names}))
    returning id`);

export const readMail = (reader: Reader, id: string) =>
  reader.maybe<Mail>(sql`select ${COLUMNS} from mails where program_id = ${reader.programId} and id = ${id}`);

export type MailFilter = {
  state: MailState | null;
  message: string | null;
  subjectId: string | null;
  after: string | null;
  before: string | null;
  limit: number;
};

/** Newest first. */
export const listMails = (reader: Reader, filter: MailFilter) => {
  const { conditions, order } = pageBy(sql`id`, filter);
  const asked = [
    filter.state === null ? null : sql`state = ${filter.state}`,
    filter.message === null ? null : sql`message = ${filter.message}`,
    filter.subjectId === null ? null : sql`subject_id = ${filter.subjectId}`,
  ];
  return reader.many<Mail>(sql`
    select ${COLUMNS} from mails
     where program_id = ${reader.programId} ${andAll([...asked, ...conditions])}
     order by ${order}
     limit ${filter.limit}`);
};

export const queueAgain = (tx: Tx, id: string) =>
  tx.run(sql`
    update mails
       set state = 'queued', detail = null, attempts = 0, soft_bounces = 0, send_at = ${tx.now},
           next_attempt_at = ${tx.now}, ended_at = null, leased_until = null
     where program_id = ${tx.programId} and id = ${id} and state not in ('sending', 'sent', 'delivered', 'complained')
       and to_address is not null`);

export const forgetPersonal = (tx: Tx, days: number, limit: number) =>
  tx.run(sql`
    update mails set to_address = null, facts = null
     where program_id = ${tx.programId}
       and id in (select id from mails
                   where program_id = ${tx.programId} and to_address is not null
                     and ended_at < ${tx.now}::timestamptz - make_interval(days => ${days}::int)
                   order by ended_at, id
                   limit ${limit}::int)`);

export type OutboxCounts = { waiting: number; kept: number; sent: number; bounced: number };

/** How full the outbox is, and how the last thirty days went. */
export const countOutbox = (reader: Reader, waitDaysMax: number) =>
  reader.one<OutboxCounts>(sql`
    select count(*) filter (where state in ('queued', 'sending'))::int as waiting,
           count(*) filter (where state = 'queued'
                              and send_at <= now() - make_interval(days => ${waitDaysMax}::int))::int as kept,
           count(*) filter (where sent_at > now() - interval '30 days')::int as sent,
           count(*) filter (where ended_at > now() - interval '30 days'
                              and state in ('bounced', 'complained'))::int as bounced
      from mails
     where program_id = ${reader.programId}`);
