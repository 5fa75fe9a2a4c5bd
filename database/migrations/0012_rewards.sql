create table rewards (
  program_id text collate "C" not null,
  id text collate "C" not null,
  position bigint not null,
  conversion_id text collate "C" not null,
  participant_id text collate "C" not null,
  referee_id text collate "C" not null,
  leg_participant_id text collate "C" not null,
  level smallint not null check (level >= 1),
  rule text collate "C" not null,
  plan_version int not null,
  kind text not null check (kind in ('commission', 'bonus', 'credit', 'points')),
  amount_minor bigint not null check (amount_minor > 0),
  reversed_minor bigint not null default 0,
  currency text collate "C" not null,
  status text not null check (status in ('pending', 'held', 'available', 'paid', 'cancelled', 'reversed', 'expired')),
  available_at timestamptz not null,
  created_at timestamptz not null default now(),
  -- One reward for one conversion, participant, level and rule.
  primary key (program_id, conversion_id, participant_id, level, rule),
  check (participant_id <> referee_id),
  check (reversed_minor between 0 and amount_minor)
);
create unique index rewards_id on rewards (program_id, id);
create index rewards_participant on rewards (program_id, participant_id, id);
create index rewards_due on rewards (program_id, available_at) where status = 'pending';
alter table rewards enable row level security;
alter table rewards force row level security;
create policy program_scope on rewards
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert on rewards to "referralhub_app";
grant update (reversed_minor, status) on rewards to "referralhub_app";
