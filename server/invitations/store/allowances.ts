import { sql } from "kysely";
import type { Reader, Tx } from "../../platform/database.ts";
import { tableOf } from "../../platform/rows.ts";

/** What was used today, held until the transaction ends, so that two who share a limit take turns. */
export const lockAllowances = (tx: Tx, counted: readonly string[], day: string) =>
  tx.many<{ counted: string; used: number }>(sql`
    insert into invitation_allowances as allowance (program_id, counted, day, used)
    select ${tx.programId}, counted, ${day}::date, 0
      from unnest(${counted}::text[]) as wanted (counted)
     order by counted
    on conflict (program_id, counted, day) do update
       set used = allowance.used
    returning counted, used`);

export const addAllowances = (tx: Tx, counted: readonly string[], day: string, added: number) =>
  tx.run(sql`
    update invitation_allowances
       set used = used + ${added}
     where program_id = ${tx.programId} and day = ${day}::date and counted = any(${counted})`);

export const listAllowances = (reader: Reader, counted: readonly string[], day: string) =>
  reader.many<{ counted: string; used: number }>(sql`
    select counted, used
      from invitation_allowances
     where program_id = ${reader.programId} and day = ${day}::date and counted = any(${counted})
     order by counted`);

/**
 * Takes one mail's place with each recipient, whoever else is writing to them at this moment. Those who have had
 * enough are not among the answered.
 */
export const claimRecipients = (tx: Tx, hashes: readonly string[], since: Date, max: number) =>
  tx.many<{ recipientHash: string }>(sql`
    insert into invitation_recipients as known (recipient_hash, mailed_at)
    select hash, array[${tx.now}::timestamptz]
      from unnest(${hashes}::text[]) as wanted (hash)
     order by hash
    on conflict (recipient_hash) do update
       set mailed_at = array(select at from unnest(known.mailed_at) as at where at > ${since}::timestamptz order by at)
                       || ${tx.now}::timestamptz
     where (select count(*) from unnest(known.mailed_at) as at where at > ${since}::timestamptz) < ${max}
    returning recipient_hash`);

/** Gives back the places of mails that never left. */
export const releaseRecipients = (tx: Tx, mails: readonly { hash: string; mailedAt: Date }[]) =>
  tx.run(sql`
    update invitation_recipients
       set mailed_at = array_remove(mailed_at, taken_at)
      from ${tableOf(
        "taken",
        { hash: "id", taken_at: "timestamptz" },
        mails.map(({ hash, mailedAt }) => ({ hash, taken_at: mailedAt })),
      )}
     where recipient_hash = hash`);

/** Who has had enough mails by now. */
export const listFullRecipients = (reader: Reader, hashes: readonly string[], since: Date, max: number) =>
  reader.many<{ recipientHash: string }>(sql`
    select recipient_hash
      from invitation_recipients
     where recipient_hash = any(${hashes})
       and (select count(*) from unnest(mailed_at) as at where at > ${since}::timestamptz) >= ${max}
     order by recipient_hash`);

export const purgeRecipients = (tx: Tx, since: Date) =>
  tx.run(sql`
    delete from invitation_recipients
     where not exists (select from unnest(mailed_at) as at where at > ${since}::timestamptz)`);

export const purgeAllowances = (tx: Tx, before: string) =>
  tx.run(sql`delete from invitation_allowances where program_id = ${tx.programId} and day < ${before}::date`);

export const readTerms = (reader: Reader) =>
  reader.maybe<{ terms: Record<string, unknown> }>(sql`
    select terms from invitation_terms where program_id = ${reader.programId}`);

export const upsertTerms = (tx: Tx, terms: object) =>
  tx.run(sql`
    insert into invitation_terms (program_id, terms, changed_at)
    values (${tx.programId}, ${JSON.stringify(terms)}::jsonb, ${tx.now}::timestamptz)
    on conflict (program_id) do update set terms = excluded.terms, changed_at = excluded.changed_at`);
