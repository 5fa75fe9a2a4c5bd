-- Why the operator suspended somebody, in words that the person reads too.
alter table participants add column suspended_at timestamptz;
alter table participants add column suspension_reason text check (length(suspension_reason) between 1 and 500);
grant update (suspended_at, suspension_reason) on participants to "referralhub_app";

-- The days, in UTC, on which somebody opened their own page: what `activity` by sign-in asks for.
create table participant_activity (
  program_id text collate "C" not null,
  participant_id text collate "C" not null,
  day date not null,
  primary key (program_id, participant_id, day)
);
alter table participant_activity enable row level security;
alter table participant_activity force row level security;
create policy program_scope on participant_activity
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert, delete on participant_activity to "referralhub_app";

-- What a held reward waits for.
alter table rewards add column hold_reason text collate "C";
grant update (hold_reason) on rewards to "referralhub_app";
create index rewards_held on rewards (program_id, participant_id, id) where status = 'held';
