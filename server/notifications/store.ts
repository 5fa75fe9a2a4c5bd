import { sql } from "kysely";
import { andAll, pageBy } from "../platform/conditions.ts";
import type { Reader, Tx } from "../platform/database.ts";
import { tableOf } from "../platform/rows.ts";
import type { InboxFilter, Notification, NotificationId } from "./notification.ts";

const COLUMNS = sql`id, participant_id, message, topic, facts, happened, amount_minor::text as amount_minor, currency,
       created_at, changed_at, read_at, pace, mail_at`;

export type NewNotification = {
  id: string;
  participant_id: string;
  message: string;
  topic: string;
  slot: string;
  facts: object;
  happened: number;
  amount_minor: bigint | null;
  currency: string | null;
  created_at: Date;
  changed_at: Date;
  is_in_app: boolean;
  read_at: Date | null;
  pace: string;
  mail_at: Date | null;
};

/** What is alike is added to the row whose slot it has; `isGrouped` says whether more may come, or it was told before. */
export const upsertNotifications = (tx: Tx, rows: readonly NewNotification[], grouped: string) =>
  tx.many<{ id: NotificationId; participantId: string; isInApp: boolean }>(sql`
    insert into notifications as known (program_id, id, participant_id, message, topic, slot, facts, happened,
           amount_minor, currency, created_at, changed_at, is_in_app, read_at, pace, mail_at)
    select ${tx.programId}, id, participant_id, message, topic, slot, facts, happened, amount_minor, currency,
           created_at, changed_at, is_in_app, read_at, pace, mail_at
      from ${tableOf(
        "fresh",
        {
          id: "id",
          participant_id: "id",
          message: "id",
          topic: "id",
          slot: "text",
          facts: "jsonb",
          happened: "int",
          amount_minor: "bigint",
          currency: "id",
          created_at: "timestamptz",
          changed_at: "timestamptz",
          is_in_app: "boolean",
          read_at: "timestamptz",
          pace: "id",
          mail_at: "timestamptz",
        },
        rows,
      )}
    on conflict (program_id, participant_id, slot) do update
       set facts = excluded.facts, happened = known.happened + excluded.happened,
           amount_minor = known.amount_minor + excluded.amount_minor, changed_at = excluded.changed_at
     where starts_with(known.slot, ${grouped})
    returning id, participant_id, is_in_app`);

/** Newest first. */
export const listNotifications = (reader: Reader, filter: InboxFilter) => {
  const { conditions, order } = pageBy(sql`id`, filter);
  return reader.many<Notification>(sql`
    select ${COLUMNS}
      from notifications
     where program_id = ${reader.programId} and participant_id = ${filter.participantId} and is_in_app
       ${andAll([
         filter.isUnread ? sql`read_at is null` : null,
         filter.topics && sql`topic = any(${filter.topics})`,
         ...conditions,
       ])}
     order by ${order}
     limit ${filter.limit}`);
};

export const listNotificationsById = (reader: Reader, ids: readonly string[]) =>
  reader.many<Notification>(sql`
    select ${COLUMNS} from notifications where program_id = ${reader.programId} and id = any(${ids}) order by id`);

export const countUnread = (reader: Reader, participantIds: readonly string[]) =>
  reader.many<{ participantId: string; unread: number }>(sql`
    select participant_id, count(*)::int as unread
      from notifications
     where program_id = ${reader.programId} and participant_id = any(${participantIds}) and is_in_app
       and read_at is null
     group by participant_id
     order by participant_id`);

/** Those named, or all of a person; a row that is read takes in nothing more. Answers how many. */
export const markRead = (tx: Tx, participantId: string, ids: readonly string[] | null, grouped: string) =>
  tx.run(sql`
    update notifications
       set read_at = ${tx.now}, slot = case when starts_with(slot, ${grouped}) then id else slot end
     where program_id = ${tx.programId} and participant_id = ${participantId} and is_in_app and read_at is null
       ${andAll([ids && sql`id = any(${ids})`])}`);

/** Who has notices that are due to be mailed, whoever waits longest first. */
export const listDuePersons = (tx: Tx, limit: number) =>
  tx.many<{ participantId: string }>(sql`
    select participant_id
      from notifications
     where program_id = ${tx.programId} and mail_at is not null and mailed_at is null and mail_at <= ${tx.now}
     group by participant_id
     order by min(mail_at), participant_id
     limit ${limit}`);

export const lockDue = (tx: Tx, participantIds: readonly string[], limit: number) =>
  tx.many<Notification>(sql`
    select ${COLUMNS}
      from notifications
     where program_id = ${tx.programId} and participant_id = any(${participantIds})
       and mail_at is not null and mailed_at is null and mail_at <= ${tx.now}
     order by participant_id, id
     limit ${limit}
       for update`);

/** A row that is mailed takes in nothing more. */
export const markMailed = (tx: Tx, ids: readonly string[], grouped: string) =>
  tx.run(sql`
    update notifications
       set mailed_at = ${tx.now}, slot = case when starts_with(slot, ${grouped}) then id else slot end
     where program_id = ${tx.programId} and id = any(${ids})`);

export const listUnmailed = (tx: Tx, participantId: string, limit: number) =>
  tx.many<Notification>(sql`
    select ${COLUMNS}
      from notifications
     where program_id = ${tx.programId} and participant_id = ${participantId} and mail_at is not null
       and mailed_at is null
     order by id
     limit ${limit}
       for update`);

export const updateMailTimes = (
  tx: Tx,
  rows: readonly { id: string; pace: string; mail_at: Date | null }[],
) =>
  tx.run(sql`
    update notifications
       set pace = fresh.pace, mail_at = fresh.mail_at
      from ${tableOf("fresh", { id: "id", pace: "id", mail_at: "timestamptz" }, rows)}
     where notifications.program_id = ${tx.programId} and notifications.id = fresh.id`);

export const deleteOldNotifications = (tx: Tx, before: Date, limit: number) =>
  tx.run(sql`
    delete from notifications
     where program_id = ${tx.programId}
       and id in (select id from notifications
                   where program_id = ${tx.programId} and created_at < ${before} and changed_at < ${before}
                     and (mail_at is null or mailed_at is not null)
                   order by created_at limit ${limit})`);

export type PreferencesRow = {
  participantId: string;
  timeZone: string | null;
  quietFrom: string | null;
  quietTo: string | null;
  choices: Record<string, { isInApp: boolean; pace: string }>;
};

export const listPreferences = (reader: Reader, participantIds: readonly string[]) =>
  reader.many<PreferencesRow>(sql`
    select participant_id, time_zone, quiet_from, quiet_to, choices
      from notification_preferences
     where program_id = ${reader.programId} and participant_id = any(${participantIds})
     order by participant_id`);

export const putPreferences = (tx: Tx, row: PreferencesRow) =>
  tx.run(sql`
    insert into notification_preferences (program_id, participant_id, time_zone, quiet_from, quiet_to, choices, updated_at)
    values (${tx.programId}, ${row.participantId}, ${row.timeZone}, ${row.quietFrom}, ${row.quietTo},
            ${JSON.stringify(row.choices)}::jsonb, ${tx.now})
    on conflict (program_id, participant_id) do update
       set time_zone = excluded.time_zone, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
           choices = excluded.choices, updated_at = excluded.updated_at`);
