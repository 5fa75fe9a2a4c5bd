-- What a plan would have paid: asked for by a request, worked off by a worker. The text is kept as it was asked about.
create table replays (
  program_id text collate "C" not null,
  id text collate "C" not null,
  plan_id text collate "C" not null,
  plan_hash text collate "C" not null,
  document jsonb not null,
  source jsonb not null,
  state text not null check (state in ('queued', 'running', 'completed', 'failed', 'cancelled')),
  done int not null default 0,
  total int,
  -- How often a worker took it up, and when the one that has it last said so.
  attempts int not null default 0,
  seen_at timestamptz,
  result jsonb,
  reason text,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  primary key (program_id, id),
  check ((state in ('completed', 'failed', 'cancelled')) = (ended_at is not null)),
  check ((state = 'completed') = (result is not null)),
  check ((state = 'failed') = (reason is not null))
);
create index replays_open on replays (program_id, id) where state in ('queued', 'running');
create index replays_plan on replays (program_id, plan_id, id);
alter table replays enable row level security;
alter table replays force row level security;
create policy program_scope on replays
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert on replays to "referralhub_app";
grant update (state, done, total, attempts, seen_at, result, reason, ended_at) on replays to "referralhub_app";
-- A replay meets refunds in the order in which they took effect.
create index refunds_applied on refunds (program_id, applied_at, id) where applied_at is not null;
create index refunds_reversed on refunds (program_id, reversed_at, id) where reversed_at is not null;
