-- Proof that an address is somebody's, asked for when they join: a link and six digits, both kept as hashes.
create table email_verifications (
  program_id text collate "C" not null,
  participant_id text collate "C" not null,
  token_hash text collate "C" not null,
  code_hash text collate "C" not null,
  attempts int not null default 0,
  -- How many were sent in a row; each replaces the one before.
  sends int not null default 1,
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (program_id, participant_id),
  unique (program_id, token_hash)
);
alter table email_verifications enable row level security;
alter table email_verifications force row level security;
create policy program_scope on email_verifications
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert, update, delete on email_verifications to "referralhub_app";

-- A way in that the program's team hands to one of its participants; found before the program is known.
create table sign_in_links (
  token_hash text collate "C" primary key,
  program_id text collate "C" not null,
  participant_id text collate "C" not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index sign_in_links_expiry on sign_in_links (expires_at);
grant select, insert, delete on sign_in_links to "referralhub_app";

-- Who was made an owner at the machine, or with the set-up token, need not prove the address a second time:
-- signing in by mail takes an unproven account's password away.
update auth.users set email_verified = true
 where id in (select user_id from installation_owners union select user_id from memberships);
