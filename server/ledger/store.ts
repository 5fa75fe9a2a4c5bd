import { sql } from "kysely";
import type { Reader, Tx } from "../platform/database.ts";
import type { Purse } from "./account.ts";

export type NewAccount = { id: string; owner_id: string; purse: string; currency: string };

export const insertAccounts = (tx: Tx, accounts: readonly NewAccount[]) =>
  tx.run(sql`
    insert into ledger_accounts (program_id, id, owner_id, purse, currency)
    select ${tx.programId}, id, owner_id, purse, currency
      from json_to_recordset(${JSON.stringify(accounts)}::json)
        as account (id text, owner_id text, purse text, currency text)
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

export const insertTransfers = (tx: Tx, transfers: readonly NewTransfer[]) =>
  tx.run(sql`
    insert into ledger_transfers
           (program_id, position, id, idempotency_key, debit_id, credit_id, amount_minor, currency,
            reason, subject_id, occurred_at, recorded_at)
    select ${tx.programId}, ${tx.position}::bigint, id, idempotency_key, debit_id, credit_id, amount_minor, currency,
           reason, subject_id, occurred_at, ${tx.now}::timestamptz
      from json_to_recordset(${JSON.stringify(transfers)}::json)
        as transfer (id text, idempotency_key text, debit_id text, credit_id text, amount_minor bigint,
                     currency text, reason text, subject_id text, occurred_at timestamptz)`);

export type BalanceRow = { ownerId: string; purse: Purse; currency: string; balanceMinor: bigint };

/** Each account of the owners: its checkpoint plus the entries after it, of what is final below `before`. */
export const listBalances = (reader: Reader, ownerIds: readonly string[], before: bigint | null) =>
  reader.many<BalanceRow>(sql`
    select account.owner_id, account.purse, account.currency,
           (coalesce(checkpoint.balance_minor, 0)
             + coalesce((select sum(amount_minor) from ledger_transfers as credit
                          where credit.program_id = account.program_id and credit.credit_id = account.id
                            and credit.position >= coalesce(checkpoint.position, 0)
                            and credit.position < ${before ?? END}::bigint), 0)
             - coalesce((select sum(amount_minor) from ledger_transfers as debit
                          where debit.program_id = account.program_id and debit.debit_id = account.id
                            and debit.position >= coalesce(checkpoint.position, 0)
                            and debit.position < ${before ?? END}::bigint), 0))::bigint as balance_minor
      from ledger_accounts as account
      left join ledger_checkpoints as checkpoint
        on checkpoint.program_id = account.program_id and checkpoint.account_id = account.id
     where account.program_id = ${reader.programId} and account.owner_id = any(${ownerIds})
     order by account.owner_id, account.currency, account.purse`);

export type EntryRow = {
  position: bigint;
  transferId: string;
  accountId: string;
  otherId: string;
  amountMinor: bigint;
  currency: string;
  reason: string;
  subjectId: string;
  occurredAt: Date;
  recordedAt: Date;
};

/** Entries of some accounts, newest first, after a place in that order. */
export const listEntries = (
  reader: Reader,
  accountIds: readonly string[],
  after: { position: bigint; id: string } | null,
  limit: number,
) =>
  reader.many<EntryRow>(sql`
    select position, transfer_id, account_id, other_id, amount_minor, currency, reason, subject_id, occurred_at, recorded_at
      from ledger_entries
     where program_id = ${reader.programId} and account_id = any(${accountIds})
       and (${after === null} or (position, transfer_id) < (${after?.position ?? 0n}::bigint, ${after?.id ?? ""}))
     order by position desc, transfer_id desc, amount_minor
     limit ${limit}`);

/** Entries recorded in a period, oldest first. */
export const listEntriesBetween = (
  reader: Reader,
  accountIds: readonly string[],
  from: Date,
  to: Date,
  limit: number,
) =>
  reader.many<EntryRow>(sql`
    select position, transfer_id, account_id, other_id, amount_minor, currency, reason, subject_id, occurred_at, recorded_at
      from ledger_entries
     where program_id = ${reader.programId} and account_id = any(${accountIds})
       and recorded_at >= ${from} and recorded_at < ${to}
     order by position, transfer_id, amount_minor
     limit ${limit}`);

export const sumEntriesBefore = (reader: Reader, accountIds: readonly string[], before: Date) =>
  reader.many<{ accountId: string; balanceMinor: bigint }>(sql`
    select account_id, sum(amount_minor)::bigint as balance_minor
      from ledger_entries
     where program_id = ${reader.programId} and account_id = any(${accountIds}) and recorded_at < ${before}
     group by account_id
     order by account_id`);

export const listAccountIds = (reader: Reader, ownerId: string) =>
  reader.many<{ id: string }>(sql`
    select id from ledger_accounts
     where program_id = ${reader.programId} and owner_id = ${ownerId}
     order by id`);

/**
 * Moves the checkpoints of accounts with entries in the window [from, to). An account is taken with a
 * probability of its entries over the tail wished for, so tails stay near that length and nothing needs
 * to be remembered; a busy account is taken at every pass.
 */
export const moveCheckpoints = (tx: Tx, from: bigint, to: bigint, tailWished: number) =>
  tx.run(sql`
    with chosen as (
      select account_id
        from ledger_entries
       where program_id = ${tx.programId} and position >= ${from}::bigint and position < ${to}::bigint
       group by account_id
      having count(*) >= ${tailWished}::int or random() < count(*) / ${tailWished}::float8
    )
    insert into ledger_checkpoints as checkpoint (program_id, account_id, position, balance_minor, entries)
    select ${tx.programId}, chosen.account_id, ${to}::bigint, coalesce(sum(tail.amount_minor), 0), count(tail.amount_minor)
      from chosen
      left join ledger_checkpoints as old on old.program_id = ${tx.programId} and old.account_id = chosen.account_id
      cross join lateral (
        select credit.amount_minor from ledger_transfers as credit
         where credit.program_id = ${tx.programId} and credit.credit_id = chosen.account_id
           and credit.position >= coalesce(old.position, 0) and credit.position < ${to}::bigint
        union all
        select -debit.amount_minor from ledger_transfers as debit
         where debit.program_id = ${tx.programId} and debit.debit_id = chosen.account_id
           and debit.position >= coalesce(old.position, 0) and debit.position < ${to}::bigint
      ) as tail
     group by chosen.account_id
    on conflict (program_id, account_id) do update
       set position = excluded.position,
           balance_minor = checkpoint.balance_minor + excluded.balance_minor,
           entries = checkpoint.entries + excluded.entries
     where checkpoint.position < excluded.position`);

/** Above every position. */
const END = 9_223_372_036_854_775_807n;
