-- What became of points and credit after they were granted: used, or expired. A reward is used up oldest first.
alter table rewards
  add column redeemed_minor bigint not null default 0 check (redeemed_minor between 0 and amount_minor),
  add column expired_minor bigint not null default 0 check (expired_minor >= 0),
  -- Days after its release; kept from the plan it was granted by.
  add column expires_days int check (expires_days > 0),
  add column expires_at timestamptz,
  add check (reversed_minor + expired_minor <= amount_minor),
  add check (expired_minor = 0 or status = 'expired');
grant update (redeemed_minor, expired_minor, expires_at) on rewards to "referralhub_app";
create index rewards_expiring on rewards (program_id, expires_at, id)
  where status = 'available' and expires_at is not null and amount_minor > reversed_minor + redeemed_minor;
create index rewards_spendable on rewards (program_id, participant_id, currency, expires_at, id)
  where status = 'available' and currency in ('PTS', 'CRD') and amount_minor > reversed_minor + redeemed_minor;

create table redemptions (
  program_id text collate "C" not null,
  id text collate "C" not null,
  participant_id text collate "C" not null,
  external_id text collate "C",
  currency text collate "C" not null check (currency in ('PTS', 'CRD')),
  amount_minor bigint not null check (amount_minor > 0),
  note text,
  -- Of which rewards how much was used.
  parts jsonb not null,
  status text not null check (status in ('redeemed', 'reversed')),
  created_at timestamptz not null default now(),
  reversed_at timestamptz,
  primary key (program_id, id),
  unique (program_id, external_id),
  check ((status = 'reversed') = (reversed_at is not null))
);
create index redemptions_participant on redemptions (program_id, participant_id, id);
alter table redemptions enable row level security;
alter table redemptions force row level security;
create policy program_scope on redemptions
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert on redemptions to "referralhub_app";
grant update (status, reversed_at) on redemptions to "referralhub_app";

-- Days after which what somebody owes is written off; null: never.
alter table programs add column debt_write_off_days int check (debt_write_off_days between 1 and 3650);
