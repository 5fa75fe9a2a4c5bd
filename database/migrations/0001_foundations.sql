-- What one installation knows about itself, and the directory of its programs.
-- The role "referralhub_app" is created by the runner under the installation's own name. It owns
-- nothing, cannot bypass row-level security, and gets exactly the grants written in these files.

create table installation (
  only_row boolean primary key default true check (only_row),
  created_at timestamptz not null default now(),
  -- Added to transaction ids to make commit positions: raised when the data moves to another
  -- cluster, whose transaction ids start again.
  position_offset bigint not null default 0,
  cluster text not null
);
grant select on installation to "referralhub_app";

-- Directory tables stand outside row-level security: they are what must be found before the
-- program is known. They hold no personal data.
create table program_directory (
  program_id text collate "C" primary key,
  created_at timestamptz not null default now()
);
grant select, insert on program_directory to "referralhub_app";

-- One answer for one idempotency key. Rows are purged after their retention.
create table idempotency_keys (
  program_id text collate "C" not null,
  key text collate "C" not null,
  fingerprint text not null,
  status smallint not null,
  body text not null,
  created_at timestamptz not null default now(),
  primary key (program_id, key)
);
alter table idempotency_keys enable row level security;
alter table idempotency_keys force row level security;
create policy program_scope on idempotency_keys
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert, delete on idempotency_keys to "referralhub_app";

-- How far each reader of an append-only table has come, per program: event subscribers, checkpoints, counters.
create table cursors (
  program_id text collate "C" not null,
  reader text collate "C" not null,
  position bigint not null default 0,
  row_id text collate "C" not null default '',
  primary key (program_id, reader)
);
alter table cursors enable row level security;
alter table cursors force row level security;
create policy program_scope on cursors
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert, update on cursors to "referralhub_app";
