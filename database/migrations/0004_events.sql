-- The log of facts. A row is written in the transaction of its cause. Readers order by position
-- (the writing transaction) and trust only what lies below the oldest transaction still running,
-- because a lower id can commit later.
create table events (
  program_id text collate "C" not null,
  position bigint not null,
  id text collate "C" not null,
  type text not null,
  subject_id text collate "C" not null,
  -- Who may see it on their own stream: participants, nearest first. The program always may.
  audience text[] not null default '{}',
  -- Kept as it was written; nothing looks inside it in SQL where speed counts.
  data json not null,
  recorded_at timestamptz not null default now(),
  primary key (program_id, position, id)
);
alter table events enable row level security;
alter table events force row level security;
create policy program_scope on events
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert on events to "referralhub_app";
