-- The edge advocate → referee, one at most for each referee; a refused one keeps its reasons.
create table referrals (
  program_id text collate "C" not null,
  id text collate "C" not null,
  referee_id text collate "C" not null,
  advocate_id text collate "C",
  status text not null check (status in ('joined', 'qualified', 'rewarded', 'not_eligible')),
  reasons text[] not null default '{}',
  -- The touches that were weighed and the model that weighed them.
  evidence jsonb not null,
  created_at timestamptz not null default now(),
  qualified_at timestamptz,
  primary key (program_id, referee_id),
  foreign key (program_id, referee_id) references participants (program_id, id),
  check ((status = 'not_eligible') = (cardinality(reasons) > 0)),
  check (advocate_id <> referee_id)
);
create index referrals_advocate on referrals (program_id, advocate_id, id);
alter table referrals enable row level security;
alter table referrals force row level security;
create policy program_scope on referrals
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert on referrals to "referralhub_app";
grant update (status, qualified_at) on referrals to "referralhub_app";

-- A person counts as referred at most once per program, also after deletion and return.
create table referred_people (
  program_id text collate "C" not null,
  email_hash text collate "C" not null,
  referee_id text collate "C" not null,
  primary key (program_id, email_hash)
);
alter table referred_people enable row level security;
alter table referred_people force row level security;
create policy program_scope on referred_people
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert on referred_people to "referralhub_app";
