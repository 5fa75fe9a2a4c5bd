-- "Somebody invited me": asked for by the friend, decided by the operator.
alter table programs add column claim_window_days int not null default 30 check (claim_window_days between 0 and 3650);

create table claims (
  program_id text collate "C" not null,
  id text collate "C" not null,
  participant_id text collate "C" not null,
  -- As it was typed, where it was a code; of an address only whose it is.
  code text check (length(code) <= 100),
  advocate_id text collate "C",
  invited_on date,
  note text check (length(note) between 1 and 500),
  state text not null check (state in ('open', 'approved', 'rejected', 'expired')),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  decided_by text collate "C",
  decided_at timestamptz,
  decision_reason text check (length(decision_reason) between 1 and 500),
  primary key (program_id, id),
  foreign key (program_id, participant_id) references participants (program_id, id),
  check ((state = 'open') = (decided_at is null))
);
create unique index claims_open on claims (program_id, participant_id) where state = 'open';
alter table claims enable row level security;
alter table claims force row level security;
create policy program_scope on claims
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert on claims to "referralhub_app";
grant update (state, advocate_id, decided_by, decided_at, decision_reason) on claims to "referralhub_app";
