-- What a participant is told: a row holds ids and figures, and whoever reads it looks the names up. A slot takes in
-- what is alike and happens within minutes; once its row is read or mailed, what comes is told anew.
create table notifications (
  program_id text collate "C" not null,
  id text collate "C" not null,
  participant_id text collate "C" not null,
  message text collate "C" not null,
  topic text collate "C" not null,
  slot text collate "C" not null,
  facts jsonb not null,
  happened integer not null check (happened > 0),
  amount_minor numeric,
  currency text collate "C",
  created_at timestamptz not null,
  changed_at timestamptz not null,
  is_in_app boolean not null,
  read_at timestamptz,
  pace text collate "C" not null check (pace in ('immediate', 'daily', 'weekly', 'off')),
  mail_at timestamptz,
  mailed_at timestamptz,
  primary key (program_id, id),
  unique (program_id, participant_id, slot),
  check ((amount_minor is null) = (currency is null)),
  check (mail_at is null or pace <> 'off')
);
alter table notifications enable row level security;
alter table notifications force row level security;
create policy program_scope on notifications
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
create index notifications_inbox on notifications (program_id, participant_id, id) where is_in_app;
create index notifications_unread on notifications (program_id, participant_id) where is_in_app and read_at is null;
create index notifications_due on notifications (program_id, mail_at) where mail_at is not null and mailed_at is null;
create index notifications_old on notifications (program_id, changed_at);
grant select, insert, delete on notifications to "referralhub_app";
grant update (slot, facts, happened, amount_minor, changed_at, read_at, pace, mail_at, mailed_at)
  on notifications to "referralhub_app";

-- What somebody has chosen; who has no row has chosen nothing.
create table notification_preferences (
  program_id text collate "C" not null,
  participant_id text collate "C" not null,
  time_zone text,
  quiet_from text collate "C" check (quiet_from ~ '^\d\d:\d\d$'),
  quiet_to text collate "C" check (quiet_to ~ '^\d\d:\d\d$'),
  choices jsonb not null,
  updated_at timestamptz not null,
  primary key (program_id, participant_id),
  check ((quiet_from is null) = (quiet_to is null))
);
alter table notification_preferences enable row level security;
alter table notification_preferences force row level security;
create policy program_scope on notification_preferences
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert, update, delete on notification_preferences to "referralhub_app";

-- Nobody is told of what was there before. Program by program, because row-level security binds the owner too.
do $$
declare
  program record;
begin
  for program in select program_id from program_directory loop
    perform set_config('app.program_id', program.program_id, true);
    insert into cursors (program_id, reader, position)
    select program.program_id, 'notifications', max(position) + 1
      from events where program_id = program.program_id
    having max(position) is not null;
  end loop;
end $$;
