import { sql } from "kysely";
import type { Reader, Tx } from "../../platform/database.ts";
import type { MailSettings } from "../mail-settings.ts";

const COLUMNS = sql`from_name, from_address, reply_to, postal_address, mails_per_minute, domain_mails_per_minute`;

export const readMailSettings = (reader: Reader) =>
  reader.maybe<MailSettings>(
    sql`select ${COLUMNS} from mail_settings where program_id = ${reader.programId}`,
  );

export const putMailSettings = (tx: Tx, settings: MailSettings) =>
  tx.one<MailSettings>(sql`
    insert into mail_settings (program_id, from_name, from_address, reply_to, postal_address, mails_per_minute,
           domain_mails_per_minute, updated_at)
    values (${tx.programId}, ${settings.fromName}, ${settings.fromAddress}, ${settings.replyTo},
            ${settings.postalAddress}, ${settings.mailsPerMinute}::int, ${settings.domainMailsPerMinute}::int, ${tx.now})
    on conflict (program_id) do update
       set from_name = excluded.from_name, from_address = excluded.from_address, reply_to = excluded.reply_to,
           postal_address = excluded.postal_address, mails_per_minute = excluded.mails_per_minute,
           domain_mails_per_minute = excluded.domain_mails_per_minute, updated_at = excluded.updated_at
    returning ${COLUMNS}`);

export type MailServer = {
  host: string;
  acceptedAt: Date | null;
  failedAt: Date | null;
  failure: string | null;
};

export const readMailServer = (reader: Reader) =>
  reader.maybe<MailServer>(sql`select host, accepted_at, failed_at, failure from mail_server`);

/** What the mail server has just said; another server begins anew. */
export const putMailServer = (tx: Tx, host: string, failure: string | null) =>
  tx.run(sql`
    insert into mail_server as known (host, accepted_at, failed_at, failure)
    values (${host}, case when ${failure}::text is null then ${tx.now}::timestamptz end,
            case when ${failure}::text is not null then ${tx.now}::timestamptz end, ${failure}::text)
    on conflict (only_row) do update
       set host = excluded.host,
           accepted_at = coalesce(excluded.accepted_at, case when known.host = excluded.host then known.accepted_at end),
           failed_at = coalesce(excluded.failed_at, case when known.host = excluded.host then known.failed_at end),
           failure = coalesce(excluded.failure, case when known.host = excluded.host then known.failure end)`);
