-- What one unit of a currency is worth in the program's, from a date on. Never changed: a correction is a later
-- entry for the same date.
create table exchange_rates (
  program_id text collate "C" not null,
  id text collate "C" not null,
  currency text collate "C" not null check (currency ~ '^[A-Z]{3}$'),
  rate numeric(22, 10) not null check (rate > 0),
  valid_from date not null,
  source text not null,
  created_at timestamptz not null default now(),
  primary key (program_id, id)
);
create index exchange_rates_lookup on exchange_rates (program_id, currency, valid_from, created_at, id);
alter table exchange_rates enable row level security;
alter table exchange_rates force row level security;
create policy program_scope on exchange_rates
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert on exchange_rates to "referralhub_app";

-- A purchase in another currency as it was reported; amount and profit are what that is in the program's.
alter table conversions
  add column original_currency text collate "C" check (length(original_currency) = 3),
  add column original_amount_minor bigint check (original_amount_minor between 0 and 1000000000000000),
  add column original_profit_minor bigint check (original_profit_minor between -1000000000000000 and 1000000000000000),
  add column rate_id text collate "C",
  add check ((original_currency is null) = (rate_id is null) and (original_currency is null) = (original_amount_minor is null));

alter table ledger_accounts drop constraint ledger_accounts_purse_check;
alter table ledger_accounts add constraint ledger_accounts_purse_check
  check (purse in ('funding', 'fx', 'pending', 'held', 'available', 'clearing', 'paid'));

-- What a transfer from or to an account of exchange was reckoned by.
create table ledger_exchanges (
  program_id text collate "C" not null,
  transfer_id text collate "C" not null,
  rate_id text collate "C" not null,
  rate numeric(22, 10) not null,
  valid_from date not null,
  source text not null,
  primary key (program_id, transfer_id)
);
alter table ledger_exchanges enable row level security;
alter table ledger_exchanges force row level security;
create policy program_scope on ledger_exchanges
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert on ledger_exchanges to "referralhub_app";
