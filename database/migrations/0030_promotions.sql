-- What lies over the plan for a time. The document never changes; ending early is a fact of its own.
create table promotions (
  program_id text collate "C" not null,
  id text collate "C" not null,
  document jsonb not null,
  hash text not null,
  -- The zone whose clocks the document's times are read by, as it was at the launch.
  time_zone text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  ended_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (program_id, id)
);
alter table promotions enable row level security;
alter table promotions force row level security;
create policy program_scope on promotions
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert on promotions to "referralhub_app";
grant update (ended_at) on promotions to "referralhub_app";
