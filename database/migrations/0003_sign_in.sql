-- The tables of better-auth, in a schema of their own. Together with participant_identities these
-- are the only places where a person's name and e-mail address are kept.
create schema auth;
grant usage on schema auth to "referralhub_app";

create table auth.users (
  id text collate "C" primary key,
  name text not null,
  -- Lower case, as better-auth writes and looks it up.
  email text collate "C" not null unique check (email = lower(email)),
  email_verified boolean not null default false,
  image text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table auth.sessions (
  id text collate "C" primary key,
  user_id text collate "C" not null references auth.users (id) on delete cascade,
  token text collate "C" not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  -- Also when it was last used, to the minute: a team member's session ends when idle.
  updated_at timestamptz not null default now()
);
create index sessions_user on auth.sessions (user_id);
create index sessions_expiry on auth.sessions (expires_at);

-- How a user proves to be one: the provider "credential" is a password.
create table auth.accounts (
  id text collate "C" primary key,
  user_id text collate "C" not null references auth.users (id) on delete cascade,
  account_id text collate "C" not null,
  provider_id text collate "C" not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, account_id)
);
create index accounts_user on auth.accounts (user_id);

create table auth.verifications (
  id text collate "C" primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verifications_identifier on auth.verifications (identifier);

grant select, insert, update, delete on auth.users, auth.sessions, auth.accounts, auth.verifications
  to "referralhub_app";
