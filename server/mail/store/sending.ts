import { sql } from "kysely";
import type { Reader, Tx } from "../../platform/database.ts";
import { tableOf } from "../../platform/rows.ts";
import type { MailId, MailState } from "../mail.ts";
import type { Allowance } from "../throttle.ts";

/** What waited for longer than this goes out only when somebody sends it by hand. */
export const WAIT_DAYS_MAX = 3;

const IS_DUE = sql`state = 'queued' and next_attempt_at <= now()
       and send_at > now() - make_interval(days => ${sql.lit(WAIT_DAYS_MAX)})`;

/** Whether there is anything to do at all: most of the time there is not. */
export const hasDueMails = async (reader: Reader) =>
  (
    await reader.one<{ isDue: boolean }>(sql`
      select exists (select from mails where program_id = ${reader.programId} and ${IS_DUE})
          or exists (select from mails where program_id = ${reader.programId} and state = 'sending'
                        and leased_until < now()) as is_due`)
  ).isDue;

/** One claim of a program at a time, so that two workers do not both use the rest of a minute. */
export const lockClaims = (tx: Tx) =>
  tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`mails ${tx.programId}`}, 0))`);

/** Takes back what a worker that is gone had claimed. */
export const releaseLost = (tx: Tx) =>
  tx.run(sql`
    update mails set state = 'queued', leased_until = null, next_attempt_at = ${tx.now}
     where program_id = ${tx.programId} and state = 'sending' and leased_until < ${tx.now}`);

export const countAttempts = (reader: Reader) =>
  reader.many<{ domain: string; mails: number }>(sql`
    select domain, count(*)::int as mails
      from mails
     where program_id = ${reader.programId} and attempted_at > now() - interval '1 minute'
     group by domain
     order by domain`);

export type ClaimedMail = {
  id: MailId;
  message: string;
  language: string;
  facts: Record<string, unknown>;
  toAddress: string;
  inviterId: string | null;
  subjectId: string | null;
  fromName: string | null;
  attempts: number;
  messageHost: string;
};

/** The next that are due, within what domains and the minute still allow. */
export const claimDueMails = (
  tx: Tx,
  { priority, allowance }: { priority: number; allowance: Allowance },
  lease: { until: Date; host: string },
) =>
  tx.many<ClaimedMail>(sql`
    with due as (
      select id, domain, next_attempt_at
        from mails
       where program_id = ${tx.programId} and ${IS_DUE}
         and priority = ${priority}::smallint
         and domain <> all(${allowance.fullDomains})
       order by next_attempt_at, id
       limit ${allowance.mails}::int
         for update skip locked),
    placed as (
      select id, row_number() over (partition by due.domain order by next_attempt_at, id) as place,
             coalesce(share.mails, ${allowance.perDomain}::int) as share
        from due
        left join ${tableOf("share", { domain: "text", mails: "int" }, allowance.left)} on share.domain = due.domain)
    update mails
       set state = 'sending', attempts = attempts + 1, attempted_at = ${tx.now}, leased_until = ${lease.until},
           message_host = coalesce(message_host, ${lease.host})
      from placed
     where mails.program_id = ${tx.programId} and mails.id = placed.id and place <= share
    returning mails.id, message, language, facts, to_address, inviter_id, subject_id, from_name, attempts, message_host`);

export const keepRecipientHashes = (tx: Tx, rows: readonly { id: MailId; hash: string }[]) =>
  tx.run(sql`
    update mails set recipient_hash = known.hash
      from ${tableOf("known", { id: "id", hash: "id" }, rows)}
     where mails.program_id = ${tx.programId} and mails.id = known.id`);

export type OutcomeRow = {
  id: MailId;
  attempts: number;
  state: MailState;
  detail: string | null;
  nextAttemptAt: Date | null;
};

/** Records what became of mails whose claim is still the one it was about; answers which those were. */
export const markOutcomes = (tx: Tx, outcomes: readonly OutcomeRow[]) =>
  tx.many<{ id: MailId; message: string; subjectId: string | null }>(sql`
    update mails
       set state = outcome.state, detail = outcome.detail, leased_until = null,
           next_attempt_at = coalesce(outcome.next_attempt_at, mails.next_attempt_at),
           sent_at = case when outcome.state = 'sent' then ${tx.now}::timestamptz else mails.sent_at end,
           ended_at = case when outcome.state = 'queued' then null else ${tx.now}::timestamptz end
      from ${tableOf(
        "outcome",
        { id: "id", attempts: "smallint", state: "id", detail: "text", next_attempt_at: "timestamptz" },
        outcomes.map(({ nextAttemptAt, ...row }) => ({ ...row, next_attempt_at: nextAttemptAt })),
      )}
     where mails.program_id = ${tx.programId} and mails.id = outcome.id and mails.state = 'sending'
       and mails.attempts = outcome.attempts
    returning mails.id, message, subject_id`);

/** Gives back what was claimed and not tried, as if it had not been claimed. */
export const returnClaims = (tx: Tx, ids: readonly MailId[], nextAttemptAt: Date) =>
  tx.run(sql`
    update mails
       set state = 'queued', leased_until = null, attempts = attempts - 1, attempted_at = null,
           next_attempt_at = ${nextAttemptAt}
     where program_id = ${tx.programId} and state = 'sending' and id = any(${ids})`);
