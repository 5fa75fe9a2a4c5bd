-- Accounts say which currency they hold; a transfer row is the double entry.
-- An account's id names its owner, purse and currency, so a transfer cannot touch an account of
-- another currency, and no look-up is needed to post one.
create table ledger_accounts (
  program_id text collate "C" not null,
  id text collate "C" not null,
  owner_id text collate "C" not null,
  purse text not null check (purse in ('funding', 'pending', 'held', 'available', 'clearing', 'paid')),
  currency text collate "C" not null check (currency ~ '^[A-Z]{3}$'),
  created_at timestamptz not null default now(),
  primary key (program_id, id),
  check (id = 'acc_' || currency || '_' || purse || '_' || owner_id)
);
create index ledger_accounts_owner on ledger_accounts (program_id, owner_id);
alter table ledger_accounts enable row level security;
alter table ledger_accounts force row level security;
create policy program_scope on ledger_accounts
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert on ledger_accounts to "referralhub_app";

create table ledger_transfers (
  program_id text collate "C" not null,
  position bigint not null,
  id text collate "C" not null,
  idempotency_key text collate "C" not null,
  debit_id text collate "C" not null,
  credit_id text collate "C" not null,
  amount_minor bigint not null check (amount_minor > 0 and amount_minor <= 1000000000000000),
  currency text collate "C" not null,
  reason text not null,
  subject_id text collate "C" not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default now(),
  primary key (program_id, idempotency_key),
  check (debit_id <> credit_id),
  -- Both sides hold the transfer's currency, by the form of their ids.
  check (substr(debit_id, 1, 8) = 'acc_' || currency || '_' and substr(credit_id, 1, 8) = 'acc_' || currency || '_')
);
create index ledger_transfers_debit on ledger_transfers (program_id, debit_id, position, id);
create index ledger_transfers_credit on ledger_transfers (program_id, credit_id, position, id);
-- Nearly free on insert: the checkpoints' worker reads what is new by it.
create index ledger_transfers_new on ledger_transfers using brin (position) with (pages_per_range = 16);
alter table ledger_transfers enable row level security;
alter table ledger_transfers force row level security;
create policy program_scope on ledger_transfers
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
-- No update, no delete, no truncate: a correction is another transfer.
grant select, insert on ledger_transfers to "referralhub_app";

-- Two entries per transfer, seen from each account: a credit adds, a debit takes.
create view ledger_entries with (security_invoker = true) as
  select program_id, position, id as transfer_id, credit_id as account_id, debit_id as other_id,
         amount_minor, currency, reason, subject_id, occurred_at, recorded_at
    from ledger_transfers
  union all
  select program_id, position, id, debit_id, credit_id,
         -amount_minor, currency, reason, subject_id, occurred_at, recorded_at
    from ledger_transfers;
grant select on ledger_entries to "referralhub_app";

-- The sum of an account's entries below a position, so that a balance costs the same with ten or
-- ten million entries. Written by the worker, always rebuildable, checked by verify.
create table ledger_checkpoints (
  program_id text collate "C" not null,
  account_id text collate "C" not null,
  position bigint not null,
  balance_minor bigint not null,
  entries bigint not null,
  primary key (program_id, account_id)
);
alter table ledger_checkpoints enable row level security;
alter table ledger_checkpoints force row level security;
create policy program_scope on ledger_checkpoints
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert, update, delete on ledger_checkpoints to "referralhub_app";
