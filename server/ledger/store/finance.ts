import { sql } from "kysely";
import { andAll } from "../../platform/conditions.ts";
import type { Query, Reader } from "../../platform/database.ts";
import type { BalanceRow } from "../balance.ts";
import type { Entry, EntryPlace } from "../entry.ts";
import type { Moment } from "../moment.ts";
import type { Movement } from "../trial-balance.ts";

const asOf = ({ asOf: at, knownAt }: Moment) =>
  andAll([
    at === null ? null : sql`occurred_at <= ${at}::timestamptz`,
    knownAt === null ? null : sql`recorded_at <= ${knownAt}::timestamptz`,
  ]);

export const listMovements = (reader: Reader, moment: Moment) =>
  reader.many<Movement>(sql`
    select currency, split_part(debit_id, '_', 3) as debit_purse, split_part(credit_id, '_', 3) as credit_purse,
           sum(amount_minor)::text as total
      from ledger_transfers
     where program_id = ${reader.programId} ${asOf(moment)}
     group by 1, 2, 3
     order by 1, 2, 3`);

/** What an owner's accounts held at a moment: all their entries up to it, by the indexes of the accounts. */
export const listBalancesAt = (reader: Reader, ownerId: string, moment: Moment) =>
  reader.many<BalanceRow>(sql`
    select account.owner_id, account.purse, account.currency, (credits.total - debits.total)::bigint as balance_minor
      from ledger_accounts as account
      cross join lateral (
        select coalesce(sum(amount_minor), 0) as total, count(*) as entries from ledger_transfers
         where program_id = ${reader.programId} and credit_id = account.id ${asOf(moment)}) as credits
      cross join lateral (
        select coalesce(sum(amount_minor), 0) as total, count(*) as entries from ledger_transfers
         where program_id = ${reader.programId} and debit_id = account.id ${asOf(moment)}) as debits
     where account.program_id = ${reader.programId} and account.owner_id = ${ownerId}
       and credits.entries + debits.entries > 0
     order by account.currency, account.purse`);

/** What rewards had brought an owner by a time, by what each transfer was about. */
export const listSubjectSums = (reader: Reader, ownerId: string, reasons: readonly string[], at: Date) =>
  reader.many<{ subjectId: string; currency: string; minor: bigint }>(sql`
    select entry.subject_id, entry.currency, sum(entry.amount_minor)::bigint as minor
      from ledger_accounts as account
      join ledger_entries as entry on entry.program_id = account.program_id and entry.account_id = account.id
     where account.program_id = ${reader.programId} and account.owner_id = ${ownerId}
       and entry.reason = any(${reasons}) and entry.occurred_at <= ${at}::timestamptz
     group by entry.subject_id, entry.currency
     order by entry.subject_id, entry.currency`);

/** An entry with whose it is. */
export type OwnedEntry = Entry & { ownerId: string };

export type EntryFilter = {
  ownerId: string | null;
  subjectId: string | null;
  purse: string | null;
  currency: string | null;
  reason: string | null;
  from: Date | null;
  to: Date | null;
};

type Page = { after: EntryPlace | null; before: EntryPlace | null; limit: number };

const entriesWhere = (reader: Reader, filter: EntryFilter, page: Page, place: Query) => {
  const order = page.before ? sql`asc` : sql`desc`;
  const { ownerId, purse, currency, reason, from, to } = filter;
  const asked = [
    ownerId === null
      ? null
      : sql`split_part(account_id, '_', 4) || '_' || split_part(account_id, '_', 5) = ${ownerId}`,
    purse === null ? null : sql`split_part(account_id, '_', 3) = ${purse}`,
    currency === null ? null : sql`transfer.currency = ${currency}`,
    reason === null ? null : sql`transfer.reason = ${reason}`,
    from === null ? null : sql`transfer.recorded_at >= ${from}::timestamptz`,
    to === null ? null : sql`transfer.recorded_at < ${to}::timestamptz`,
    page.after === null ? null : sql`(position, transfer.id, side) < ${key(page.after)}`,
    page.before === null ? null : sql`(position, transfer.id, side) > ${key(page.before)}`,
  ];
  return sql`
    select position, transfer.id as transfer_id, side, split_part(account_id, '_', 3) as purse,
           split_part(account_id, '_', 4) || '_' || split_part(account_id, '_', 5) as owner_id,
           transfer.currency, entry.minor as amount_minor, reason, subject_id, occurred_at, recorded_at
      from ledger_transfers as transfer
      cross join lateral (values ('credit', credit_id, amount_minor), ('debit', debit_id, -amount_minor))
        as entry (side, account_id, minor)
     where transfer.program_id = ${reader.programId} and ${place} ${andAll(asked)}
     order by position ${order}, transfer.id ${order}, side ${order}
     limit ${page.limit}`;
};

const key = ({ position, transferId, side }: EntryPlace) =>
  sql`(${position}::bigint, ${transferId}, ${side})`;

/** Between two positions, both included. */
export const listWindowEntries = (
  reader: Reader,
  filter: EntryFilter,
  page: Page,
  { from, to }: { from: bigint; to: bigint },
) =>
  reader.many<OwnedEntry>(
    entriesWhere(reader, filter, page, sql`position between ${from}::bigint and ${to}::bigint`),
  );

/** A transfer's key begins with what it is about. */
export const listSubjectEntries = (reader: Reader, subjectId: string, filter: EntryFilter, page: Page) =>
  reader.many<OwnedEntry>(
    entriesWhere(
      reader,
      filter,
      page,
      sql`transfer.idempotency_key >= ${`${subjectId}:`} and transfer.idempotency_key < ${`${subjectId};`}
          and transfer.subject_id = ${subjectId}`,
    ),
  );

/** Of each account and side only as many as the page holds are looked at, in the order of its index. */
export const listOwnerEntries = (reader: Reader, ownerId: string, filter: EntryFilter, page: Page) => {
  const order = page.before ? sql`asc` : sql`desc`;
  const { purse, currency } = filter;
  const ofAccount = andAll([
    purse === null ? null : sql`account.purse = ${purse}`,
    currency === null ? null : sql`account.currency = ${currency}`,
  ]);
  const side = (name: Entry["side"], sign: number) => sql`
    select position, id as transfer_id, ${sql.lit(name)} as side, ${sql.lit(sign)} * amount_minor as amount_minor,
           reason, subject_id, occurred_at, recorded_at
      from ledger_transfers as transfer
     where program_id = ${reader.programId} and ${sql.ref(`${name}_id`)} = account.id
       ${andAll(sideConditions(filter, page, name))}
     order by position ${order}, id ${order}
     limit ${page.limit}`;
  return reader.many<OwnedEntry>(sql`
    select position, transfer_id, side, account.purse, account.owner_id, account.currency, amount_minor, reason,
           subject_id, occurred_at, recorded_at
      from ledger_accounts as account
      cross join lateral ((${side("credit", 1)}) union all (${side("debit", -1)})) as entry
     where account.program_id = ${reader.programId} and account.owner_id = ${ownerId} ${ofAccount}
     order by position ${order}, transfer_id ${order}, side ${order}
     limit ${page.limit}`);
};

function sideConditions({ reason, from, to }: EntryFilter, page: Page, side: Entry["side"]) {
  const here = sql`(position, id, ${sql.lit(side)}::text)`;
  return [
    reason === null ? null : sql`reason = ${reason}`,
    from === null ? null : sql`recorded_at >= ${from}::timestamptz`,
    to === null ? null : sql`recorded_at < ${to}::timestamptz`,
    page.after === null
      ? null
      : sql`position <= ${page.after.position}::bigint and ${here} < ${key(page.after)}`,
    page.before === null
      ? null
      : sql`position >= ${page.before.position}::bigint and ${here} > ${key(page.before)}`,
  ];
}
