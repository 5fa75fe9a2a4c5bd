-- Who may do what: members, logins of participants, API keys, embed tokens, the audit log, and the
-- shared counters of the rate limiter.

-- The name of a program, for lists that are read before a program is chosen.
alter table program_directory add column name text not null default '';
grant update (name) on program_directory to "referralhub_app";

-- Tokens that let the first person become the owner. Only hashes; using one deletes them all.
create table setup_tokens (
  token_hash text collate "C" primary key,
  created_at timestamptz not null default now()
);
grant select, insert, delete on setup_tokens to "referralhub_app";

-- Who owns the installation itself: may create programs and belongs to every one of them.
create table installation_owners (
  user_id text collate "C" primary key,
  created_at timestamptz not null default now()
);
grant select, insert, delete on installation_owners to "referralhub_app";

-- Directory: found by user, before the program is known.
create table memberships (
  program_id text collate "C" not null,
  user_id text collate "C" not null,
  role text not null
    check (role in ('owner', 'admin', 'marketer', 'finance', 'reviewer', 'developer', 'viewer')),
  created_at timestamptz not null default now(),
  primary key (program_id, user_id),
  foreign key (program_id) references program_directory (program_id)
);
create index memberships_user on memberships (user_id, program_id);
grant select, insert, delete on memberships to "referralhub_app";
grant update (role) on memberships to "referralhub_app";

create table participant_logins (
  program_id text collate "C" not null,
  user_id text collate "C" not null,
  participant_id text collate "C" not null,
  created_at timestamptz not null default now(),
  primary key (program_id, user_id),
  unique (program_id, participant_id)
);
create index participant_logins_user on participant_logins (user_id, program_id);
grant select, insert, delete on participant_logins to "referralhub_app";

-- What the programs of a key are shown; the secret is in no table.
create table api_keys (
  program_id text collate "C" not null,
  id text collate "C" not null,
  name text not null,
  scopes text[] not null check (cardinality(scopes) > 0 and scopes <@ array['read', 'write']),
  livemode boolean not null,
  -- The last characters of the secret, so that a person can tell which key it is.
  hint text not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  disabled_at timestamptz,
  primary key (program_id, id)
);
alter table api_keys enable row level security;
alter table api_keys force row level security;
create policy program_scope on api_keys
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert on api_keys to "referralhub_app";
grant update (last_used_at, disabled_at) on api_keys to "referralhub_app";

-- Directory: a request brings only the secret. A disabled key has no row here.
create table api_key_secrets (
  secret_hash text collate "C" primary key,
  program_id text collate "C" not null,
  key_id text collate "C" not null,
  scopes text[] not null,
  livemode boolean not null,
  unique (program_id, key_id),
  foreign key (program_id, key_id) references api_keys (program_id, id)
);
grant select, insert, delete on api_key_secrets to "referralhub_app";

-- Directory: one participant's screen inside somebody else's page, for an hour at most.
create table embed_tokens (
  token_hash text collate "C" primary key,
  program_id text collate "C" not null,
  participant_id text collate "C" not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  check (expires_at <= created_at + interval '1 hour')
);
create index embed_tokens_expiry on embed_tokens (expires_at);
grant select, insert, delete on embed_tokens to "referralhub_app";

-- Who did what inside a program, written in the transaction of the deed. Holds ids and settings,
-- never personal data, so that it can stay when a person is erased.
create table audit_entries (
  program_id text collate "C" not null,
  position bigint not null,
  id text collate "C" not null,
  actor_kind text not null check (actor_kind in ('key', 'user', 'participant', 'visitor', 'system')),
  actor_id text collate "C",
  operation text not null,
  subject_id text collate "C",
  request_id text,
  changes jsonb,
  at timestamptz not null,
  primary key (program_id, position, id)
);
alter table audit_entries enable row level security;
alter table audit_entries force row level security;
create policy program_scope on audit_entries
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
-- Appended only.
grant select, insert on audit_entries to "referralhub_app";

-- The same for what happens outside every program: set-up, sign-in, passwords.
create table directory_audit_entries (
  position bigint not null,
  id text collate "C" not null,
  actor_kind text not null check (actor_kind in ('key', 'user', 'participant', 'visitor', 'system')),
  actor_id text collate "C",
  operation text not null,
  subject_id text collate "C",
  request_id text,
  changes jsonb,
  at timestamptz not null,
  primary key (position, id)
);
grant select, insert on directory_audit_entries to "referralhub_app";

-- Counters shared by all instances. Unlogged: a crash of the database forgets a minute's counts,
-- and no commit waits for them. Keys are hashes.
create unlogged table rate_limits (
  key varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);
create index rate_limits_expire on rate_limits (expire);
grant select, insert, update, delete on rate_limits to "referralhub_app";
