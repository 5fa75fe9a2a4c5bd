create table clicks (
  program_id text collate "C" not null,
  position bigint not null,
  id text collate "C" not null,
  link_id text collate "C" not null,
  participant_id text collate "C" not null,
  -- The visitor's address as a keyed hash; the page that sent them as its host only.
  address_hash text,
  referrer_host text,
  device text,
  occurred_at timestamptz not null default now(),
  primary key (program_id, id)
);
create index clicks_new on clicks using brin (position) with (pages_per_range = 16);
alter table clicks enable row level security;
alter table clicks force row level security;
create policy program_scope on clicks
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert, delete on clicks to "referralhub_app";
