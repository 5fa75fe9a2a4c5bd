create table programs (
  program_id text collate "C" primary key,
  name text not null,
  state text not null check (state in ('draft', 'test', 'live', 'paused', 'ended')),
  currency text collate "C" not null check (currency ~ '^[A-Z]{3}$'),
  time_zone text not null,
  destination_url text,
  default_margin_ppm bigint not null default 1000000 check (default_margin_ppm between 0 and 1000000),
  -- What the plan in force says about the network: copied when it takes force, read at every sign-up.
  direct_limit int check (direct_limit >= 0),
  overflow text not null default 'reject' check (overflow in ('reject', 'no_reward')),
  attribution_window_days int not null default 90 check (attribution_window_days between 1 and 3650),
  -- Grows with every published plan; caches of plans compare it.
  plan_revision bigint not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  foreign key (program_id) references program_directory (program_id)
);
alter table programs enable row level security;
alter table programs force row level security;
create policy program_scope on programs
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert, update on programs to "referralhub_app";

-- A published plan is immutable: the application may set only what publishing sets, once.
create table plans (
  program_id text collate "C" not null,
  id text collate "C" not null,
  state text not null check (state in ('draft', 'published')),
  version int,
  document jsonb not null,
  hash text not null,
  in_force_from timestamptz,
  published_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (program_id, id),
  unique (program_id, version),
  check ((state = 'published') = (version is not null and in_force_from is not null and published_at is not null))
);
create index plans_in_force on plans (program_id, in_force_from) where state = 'published';
alter table plans enable row level security;
alter table plans force row level security;
create policy program_read on plans for select
  using (program_id = current_setting('app.program_id', true));
create policy program_insert on plans for insert
  with check (program_id = current_setting('app.program_id', true));
create policy program_update_drafts on plans for update
  using (program_id = current_setting('app.program_id', true) and state = 'draft')
  with check (program_id = current_setting('app.program_id', true));
grant select, insert, update on plans to "referralhub_app";
