import { sql } from "kysely";
import type { Query, Reader, Tx } from "../platform/database.ts";
import { type ColumnType, tableOf } from "../platform/rows.ts";
import type { Period } from "../primitives/period.ts";
import type { BalanceRow } from "./balance.ts";
import type { Entry, EntryPlace } from "./entry.ts";
import type { ExchangeBasis } from "./exchange-basis.ts";
import type { PeriodSum } from "./statement.ts";

export type NewAccount = { id: string; owner_id: string; purse: string; currency: string };

export const insertAccounts = (tx: Tx, accounts: readonly NewAccount[]) =>
  tx.send(sql`
    insert into ledger_accounts (program_id, id, owner_id, purse, currency)
    select ${tx.programId}, id, owner_id, purse, currency
      from ${tableOf("account", { id: "id", owner_id: "id", purse: "id", currency: "id" }, accounts)}
    on conflict do nothing`);

export type NewTransfer = {
  id: string;
  idempotency_key: string;
  debit_id: string;
  credit_id: string;
  amount_minor: string;
  currency: string;
  reason: string;
  subject_id: string;
  occurred_at: Date;
};

const NEW_TRANSFER = {
  id: "id",
  idempotency_key: "id",
  debit_id: "id",
  credit_id: "id",
  amount_minor: "bigint",
  currency: "id",
  reason: "id",
  subject_id: "id",
  occurred_at: "timestamptz",
} as const satisfies Record<keyof NewTransfer, ColumnType>;

export const insertTransfers = (tx: Tx, transfers: readonly NewTransfer[]) =>
  tx.send(sql`
    insert into ledger_transfers
           (program_id, position, id, idempotency_key, debit_id, credit_id, amount_minor, currency,
            reason, subject_id, occurred_at, recorded_at)
    select ${tx.programId}, ${tx.position}::bigint, id, idempotency_key, debit_id, credit_id, amount_minor, currency,
           reason, subject_id, occurred_at, ${tx.now}::timestamptz
      from ${tableOf("transfer", NEW_TRANSFER, transfers)}`);

export const insertExchanges = (tx: Tx, exchanges: readonly (ExchangeBasis & { transferId: string })[]) =>
  tx.send(sql`
    insert into ledger_exchanges (program_id, transfer_id, rate_id, rate, valid_from, source)
    select ${tx.programId}, "transferId", "rateId", rate::numeric, "validFrom"::date, source
      from json_to_recordset(${JSON.stringify(exchanges)}::json)
        as exchange ("transferId" text, "rateId" text, rate text, "validFrom" text, source text)`);

/** One lock for all that an owner has, whatever takes from it; it ends with the transaction. */
export const lockOwners = (tx: Tx, ownerIds: readonly string[]) =>
  tx.many(sql`
    select pg_advisory_xact_lock(hashtextextended(${tx.programId} || ' balance of ' || id, 0))
      from unnest(${ownerIds}::text[]) with ordinality as owner (id, place)
     order by place`);

/** Each account of the owners: its checkpoint plus the entries after it, of what is final below `before`. */
export const listBalances = (reader: Reader, ownerIds: readonly string[], before: bigint | null) =>
  reader.many<BalanceRow>(sql`
    select owner_id, purse, currency, balance_minor::bigint
      from (${balancesWhere(reader, sql`account.owner_id = any(${ownerIds})`, before)}) as balance
     order by owner_id, currency, purse`);

/** The one way a balance is read: what screens show, and what verify compares with the sum of all entries. */
export const balancesWhere = (reader: Reader, condition: Query, before: bigint | null) => sql`
    with owned as materialized (
      -- Read first, so that the tails below are index ranges from a known position.
      select account.id, account.owner_id, account.purse, account.currency, coalesce(checkpoint.entries, 0) as entries,
             coalesce(checkpoint.balance_minor, 0) as balance_minor, coalesce(checkpoint.position, 0) as since
        from ledger_accounts as account
        left join ledger_checkpoints as checkpoint
          on checkpoint.program_id = account.program_id and checkpoint.account_id = account.id
       where account.program_id = ${reader.programId} and ${condition}
    )
    select id, owner_id, purse, currency, entries,
           (balance_minor
             + coalesce((select sum(credit.amount_minor) from ledger_transfers as credit
                          where credit.program_id = ${reader.programId} and credit.credit_id = owned.id
                            and credit.position >= owned.since and credit.position < ${before ?? END}::bigint), 0)
             - coalesce((select sum(debit.amount_minor) from ledger_transfers as debit
                          where debit.program_id = ${reader.programId} and debit.debit_id = owned.id
                            and debit.position >= owned.since and debit.position < ${before ?? END}::bigint), 0)
           ) as balance_minor
      from owned`;

/** What is owed in one account: since the transfer after which its balance never came back to zero. */
export type Debt = {
  accountId: string;
  ownerId: string;
  currency: string;
  since: Date;
  sinceTransferId: string;
};

/** Accounts of what is available, in the order of their ids; without `since` where nothing is owed. */
export const listDebts = (reader: Reader, after: string, limit: number) =>
  reader.many<Omit<Debt, "since"> & { since: Date | null }>(sql`
    with looked_at as materialized (
      select id from ledger_accounts
       where program_id = ${reader.programId} and purse = 'available' and id > ${after}
       order by id
       limit ${limit}
    )
    select balance.id as account_id, balance.owner_id, balance.currency, begun.recorded_at as since,
           begun.transfer_id as since_transfer_id
      from (${balancesWhere(reader, sql`account.id in (select id from looked_at)`, null)}) as balance
      left join lateral (
        -- Few owe, so all their entries may be read.
        select transfer_id, recorded_at
          from (select entry.position, entry.transfer_id, entry.recorded_at,
                       sum(entry.amount_minor) over (order by entry.position, entry.transfer_id) as running
                  from ledger_entries as entry
                 where entry.program_id = ${reader.programId} and entry.account_id = balance.id
                   and balance.balance_minor < 0) as history
         where position > coalesce((select max(position) from (
                 select entry.position, sum(entry.amount_minor) over (order by entry.position, entry.transfer_id) as running
                   from ledger_entries as entry
                  where entry.program_id = ${reader.programId} and entry.account_id = balance.id
                    and balance.balance_minor < 0) as past
                 where running >= 0), 0)
         order by position, transfer_id
         limit 1
      ) as begun on true
     order by balance.id`);

/** One page of an owner's entries, newest first: only the newest of each account and side are looked at. */
export const listEntries = (
  reader: Reader,
  ownerId: string,
  page: { after: EntryPlace | null; before: EntryPlace | null; limit: number },
) => {
  const order = page.before ? sql`asc` : sql`desc`;
  const side = (name: Entry["side"], sign: number) => sql`
    select position, id as transfer_id, ${sql.lit(name)} as side, ${sql.lit(sign)} * amount_minor as amount_minor,
           reason, subject_id, occurred_at, recorded_at
      from ledger_transfers
     where program_id = ${reader.programId} and ${sql.ref(`${name}_id`)} = account.id
       and ${isOnPage(page, name)}
     order by position ${order}, id ${order}
     limit ${page.limit}`;
  return reader.many<Entry>(sql`
    select position, transfer_id, side, account.purse, account.currency, amount_minor, reason, subject_id,
           occurred_at, recorded_at
      from ledger_accounts as account
      cross join lateral ((${side("credit", 1)}) union all (${side("debit", -1)})) as entry
     where account.program_id = ${reader.programId} and account.owner_id = ${ownerId}
     order by position ${order}, transfer_id ${order}, side ${order}
     limit ${page.limit}`);
};

/** Of one transfer between two purses of an owner, the credit comes before the debit. */
function isOnPage({ after, before }: Parameters<typeof listEntries>[2], side: Entry["side"]) {
  const place = after ?? before;
  if (!place) return sql`true`;
  const key = sql`(${place.position}::bigint, ${place.transferId})`;
  if (after) return after.side > side ? sql`(position, id) <= ${key}` : sql`(position, id) < ${key}`;
  return place.side < side ? sql`(position, id) >= ${key}` : sql`(position, id) > ${key}`;
}

/** An owner's entries recorded in a period, oldest first. */
export const listEntriesBetween = (
  reader: Reader,
  ownerId: string,
  period: Period,
  knownAt: Date | null,
  limit: number,
) =>
  reader.many<Entry>(sql`
    select entry.position, entry.transfer_id, case when entry.amount_minor > 0 then 'credit' else 'debit' end as side,
           account.purse, account.currency, entry.amount_minor, entry.reason, entry.subject_id, entry.occurred_at,
           entry.recorded_at
      from ledger_accounts as account
      join ledger_entries as entry on entry.program_id = account.program_id and entry.account_id = account.id
     where account.program_id = ${reader.programId} and account.owner_id = ${ownerId}
       and entry.recorded_at >= ${period.from} and entry.recorded_at < ${period.to}
       and (${knownAt}::timestamptz is null or entry.recorded_at <= ${knownAt}::timestamptz)
     order by entry.position, entry.transfer_id, side
     limit ${limit}`);

/**
 * What an owner's accounts hold when a period begins and when it ends: what they hold now, less what came since, so
 * that nothing before the period is read.
 */
export const sumEntriesAround = (reader: Reader, ownerId: string, period: Period) =>
  reader.many<PeriodSum>(sql`
    select balance.purse, balance.currency, (balance.balance_minor - since.opening)::bigint as opening_minor,
           (balance.balance_minor - since.closing)::bigint as closing_minor
      from (${balancesWhere(reader, sql`account.owner_id = ${ownerId}`, null)}) as balance
      cross join lateral (
        select coalesce(sum(entry.amount_minor), 0) as opening,
               coalesce(sum(entry.amount_minor) filter (where entry.recorded_at >= ${period.to}), 0) as closing,
               count(*) filter (where entry.recorded_at < ${period.to}) as entries
          from ledger_entries as entry
         where entry.program_id = ${reader.programId} and entry.account_id = balance.id
           and entry.recorded_at >= ${period.from}
      ) as since
     -- An account that was opened later has nothing to show.
     where since.entries > 0 or balance.balance_minor <> since.opening
     order by balance.currency, balance.purse`);

/** The same as far as it was known at a time. */
export const sumEntriesKnown = (reader: Reader, ownerId: string, period: Period, knownAt: Date) =>
  reader.many<PeriodSum>(sql`
    select account.purse, account.currency,
           coalesce(sum(entry.amount_minor) filter (where entry.recorded_at < ${period.from}), 0)::bigint as opening_minor,
           coalesce(sum(entry.amount_minor), 0)::bigint as closing_minor
      from ledger_accounts as account
      join ledger_entries as entry on entry.program_id = account.program_id and entry.account_id = account.id
     where account.program_id = ${reader.programId} and account.owner_id = ${ownerId}
       and entry.recorded_at < ${period.to} and entry.recorded_at <= ${knownAt}
     group by account.currency, account.purse
     order by account.currency, account.purse`);

/**
 * Moves the checkpoints of accounts with entries in the window [from, to). One entry in `tailWished`, by chance,
 * takes its account: so tails stay near that length and nothing needs to be remembered or counted; a busy
 * account is taken at nearly every pass.
 */
export const moveCheckpoints = (tx: Tx, from: bigint, to: bigint, tailWished: number) =>
  tx.run(
    sql`
    with chosen as (
      -- Of a transfer one of its two entries: twice as many transfers are drawn.
      select distinct case when random() < 0.5 then debit_id else credit_id end as account_id
        from ledger_transfers
       where program_id = ${tx.programId} and position >= ${from}::bigint and position < ${to}::bigint
         and random() < 2 / ${tailWished}::float8
    ), due as materialized (
      select chosen.account_id, coalesce(old.position, 0) as since
        from chosen
        left join ledger_checkpoints as old
          on old.program_id = ${tx.programId} and old.account_id = chosen.account_id
    )
    insert into ledger_checkpoints as checkpoint (program_id, account_id, position, balance_minor, entries)
    select ${tx.programId}, due.account_id, ${to}::bigint,
           coalesce(credits.total, 0) - coalesce(debits.total, 0), credits.entries + debits.entries
      from due
      cross join lateral (
        select sum(credit.amount_minor) as total, count(*) as entries
          from ledger_transfers as credit
         where credit.program_id = ${tx.programId} and credit.credit_id = due.account_id
           and credit.position >= due.since and credit.position < ${to}::bigint
      ) as credits
      cross join lateral (
        select sum(debit.amount_minor) as total, count(*) as entries
          from ledger_transfers as debit
         where debit.program_id = ${tx.programId} and debit.debit_id = due.account_id
           and debit.position >= due.since and debit.position < ${to}::bigint
      ) as debits
     order by due.account_id
    on conflict (program_id, account_id) do update
       set position = excluded.position,
           balance_minor = checkpoint.balance_minor + excluded.balance_minor,
           entries = checkpoint.entries + excluded.entries
     where checkpoint.position < excluded.position`,
    { isPlannedEachTime: true },
  );

/** Above every position. */
const END = 9_223_372_036_854_775_807n;

/** Owners of accounts in which something moved, a page at a time in the order of their ids. */
export const listOwnersMoved = (reader: Reader, { from, to }: Period, after: string, limit: number) =>
  reader.many<{ ownerId: string }>(sql`
    select account.owner_id
      from ledger_accounts as account
     where account.program_id = ${reader.programId} and account.owner_id > ${after}
       and account.owner_id <> ${reader.programId}
       and exists (select from ledger_entries as entry
                    where entry.program_id = account.program_id and entry.account_id = account.id
                      and entry.occurred_at >= ${from}::timestamptz and entry.occurred_at < ${to}::timestamptz)
     group by account.owner_id
     order by account.owner_id
     limit ${limit}`);
