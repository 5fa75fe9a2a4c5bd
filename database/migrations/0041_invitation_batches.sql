-- A list of people to invite, looked over before anything is sent.
create table invitation_batches (
  program_id text collate "C" not null,
  id text collate "C" not null,
  inviter_id text collate "C" not null,
  name text not null,
  state text not null check (state in ('draft', 'sending', 'paused', 'completed', 'cancelled')),
  columns jsonb not null,
  mapping jsonb not null,
  message text not null,
  language text not null,
  scheduled_at timestamptz,
  expires_days int not null,
  per_minute int,
  -- Whether the limits of a member hold: not where the operator's own team sends.
  is_limited boolean not null,
  -- Where the worker stands within the minute, and why it waits.
  minute_started_at timestamptz,
  minute_sent int not null default 0,
  waits_for text,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  ended_at timestamptz,
  primary key (program_id, id)
);
create index invitation_batches_open on invitation_batches (program_id, id) where state = 'sending';
create index invitation_batches_inviter on invitation_batches (program_id, inviter_id, id);
alter table invitation_batches enable row level security;
alter table invitation_batches force row level security;
create policy program_scope on invitation_batches
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert on invitation_batches to "referralhub_app";
grant update (name, state, mapping, message, language, scheduled_at, expires_days, per_minute, minute_started_at,
              minute_sent, waits_for, started_at, ended_at)
  on invitation_batches to "referralhub_app";

create table invitation_batch_rows (
  program_id text collate "C" not null,
  batch_id text collate "C" not null,
  number int not null,
  cells jsonb not null,
  -- What somebody wrote over the cells.
  edits jsonb,
  email text not null,
  email_hash text collate "C",
  name text not null,
  message text not null,
  language text not null,
  problem text,
  invitation_id text collate "C",
  primary key (program_id, batch_id, number)
);
create index invitation_batch_rows_problem on invitation_batch_rows (program_id, batch_id, problem, number)
  where problem is not null;
create index invitation_batch_rows_ready on invitation_batch_rows (program_id, batch_id, number)
  where problem is null and invitation_id is null;
alter table invitation_batch_rows enable row level security;
alter table invitation_batch_rows force row level security;
create policy program_scope on invitation_batch_rows
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert, delete on invitation_batch_rows to "referralhub_app";
grant update (edits, email, email_hash, name, message, language, problem, invitation_id)
  on invitation_batch_rows to "referralhub_app";
