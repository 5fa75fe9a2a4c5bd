create table participants (
  program_id text collate "C" not null,
  id text collate "C" not null,
  position bigint not null,
  external_id text collate "C",
  status text not null default 'active' check (status in ('active', 'suspended', 'erased')),
  country text,
  -- Ancestors, nearest first; written once, at sign-up.
  upline text[] collate "C" not null default '{}',
  direct_count int not null default 0 check (direct_count >= 0),
  direct_limit int check (direct_limit >= 0),
  created_at timestamptz not null default now(),
  primary key (program_id, id),
  unique (program_id, external_id),
  -- No more direct referrals than the limit, whatever runs at the same time.
  check (direct_limit is null or direct_count <= direct_limit),
  check (not (id = any (upline)))
);
alter table participants enable row level security;
alter table participants force row level security;
create policy program_scope on participants
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert on participants to "referralhub_app";
-- The upline is not among them: a place in the network is set once.
grant update (status, country, direct_count, direct_limit) on participants to "referralhub_app";

-- Personal data, apart from network and ledger, so that it can be erased while the books stay.
create table participant_identities (
  program_id text collate "C" not null,
  participant_id text collate "C" not null,
  name text not null,
  email text not null,
  email_hash text collate "C" not null,
  primary key (program_id, participant_id),
  foreign key (program_id, participant_id) references participants (program_id, id)
);
create index participant_identities_email on participant_identities (program_id, email_hash);
alter table participant_identities enable row level security;
alter table participant_identities force row level security;
create policy program_scope on participant_identities
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert, update, delete on participant_identities to "referralhub_app";
