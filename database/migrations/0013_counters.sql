-- Counters folded from the event log by the worker, each exact as of its cursor; a reader adds the
-- few events after the cursor. Pages read these instead of counting.
create table network_counts (
  program_id text collate "C" not null,
  participant_id text collate "C" not null,
  level smallint not null,
  participants int not null default 0,
  primary key (program_id, participant_id, level)
);
create table leg_counts (
  program_id text collate "C" not null,
  participant_id text collate "C" not null,
  leg_participant_id text collate "C" not null,
  participants int not null default 0,
  primary key (program_id, participant_id, leg_participant_id)
);
create table reward_counts (
  program_id text collate "C" not null,
  participant_id text collate "C" not null,
  level smallint not null,
  leg_participant_id text collate "C" not null,
  currency text collate "C" not null,
  earned_minor bigint not null default 0,
  reversed_minor bigint not null default 0,
  rewards int not null default 0,
  primary key (program_id, participant_id, level, currency, leg_participant_id)
);
create table program_counts (
  program_id text collate "C" not null,
  metric text collate "C" not null,
  currency text collate "C" not null default '',
  total bigint not null default 0,
  primary key (program_id, metric, currency)
);
create table advocate_counts (
  program_id text collate "C" not null,
  participant_id text collate "C" not null,
  clicks bigint not null default 0,
  qualified bigint not null default 0,
  primary key (program_id, participant_id)
);
do $$
declare name text;
begin
  foreach name in array array['network_counts', 'leg_counts', 'reward_counts', 'program_counts', 'advocate_counts'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format($p$create policy program_scope on %I
      using (program_id = current_setting('app.program_id', true))
      with check (program_id = current_setting('app.program_id', true))$p$, name);
    execute format('grant select, insert, update on %I to "referralhub_app"', name);
  end loop;
end $$;
