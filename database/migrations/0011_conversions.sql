create table conversions (
  program_id text collate "C" not null,
  id text collate "C" not null,
  position bigint not null,
  external_id text collate "C" not null,
  fingerprint text not null,
  participant_id text collate "C" not null,
  kind text not null,
  amount_minor bigint not null check (amount_minor between 0 and 1000000000000000),
  currency text collate "C" not null check (length(currency) = 3),
  profit_minor bigint check (profit_minor between -1000000000000000 and 1000000000000000),
  product text,
  metadata jsonb,
  status text not null check (status in ('recorded', 'settled')),
  plan_version int,
  -- What settlement saw and whom it passed over, so that it can be explained for ever.
  settlement json,
  refunded_minor bigint not null default 0,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default now(),
  primary key (program_id, id),
  unique (program_id, external_id),
  check (refunded_minor between 0 and amount_minor),
  check ((status = 'settled') = (plan_version is not null and settlement is not null))
);
create index conversions_participant on conversions (program_id, participant_id, id);
create index conversions_unsettled on conversions (program_id, id) where status = 'recorded';
alter table conversions enable row level security;
alter table conversions force row level security;
create policy program_scope on conversions
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert on conversions to "referralhub_app";
grant update (status, plan_version, settlement, refunded_minor) on conversions to "referralhub_app";

create table refunds (
  program_id text collate "C" not null,
  id text collate "C" not null,
  external_id text collate "C" not null,
  conversion_id text collate "C" not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency text collate "C" not null,
  reversals jsonb not null,
  created_at timestamptz not null default now(),
  primary key (program_id, id),
  unique (program_id, external_id),
  foreign key (program_id, conversion_id) references conversions (program_id, id)
);
create index refunds_conversion on refunds (program_id, conversion_id, id);
alter table refunds enable row level security;
alter table refunds force row level security;
create policy program_scope on refunds
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert on refunds to "referralhub_app";
