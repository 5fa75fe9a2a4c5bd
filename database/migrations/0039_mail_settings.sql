-- How a program's mails look to mail servers; absent: what the installation offers.
create table mail_settings (
  program_id text collate "C" not null,
  from_name text,
  from_address text,
  reply_to text,
  postal_address text,
  mails_per_minute int check (mails_per_minute > 0),
  domain_mails_per_minute int check (domain_mails_per_minute > 0),
  updated_at timestamptz not null default now(),
  primary key (program_id)
);
alter table mail_settings enable row level security;
alter table mail_settings force row level security;
create policy program_scope on mail_settings
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert, update on mail_settings to "referralhub_app";

-- Who does not want mail, or cannot get it. Known by the keyed hash of the address alone.
create table suppressions (
  program_id text collate "C" not null,
  id text collate "C" not null,
  recipient_hash text collate "C" not null,
  -- All mail; all but what was asked for just now; invitations; those of one person; one message.
  scope text not null check (scope in ('all', 'optional', 'invitations', 'inviter', 'message')),
  inviter_id text collate "C",
  message text,
  reason text not null check (reason in ('bounced', 'complained', 'unsubscribed', 'manual')),
  mail_id text collate "C",
  created_at timestamptz not null,
  primary key (program_id, id),
  check ((scope = 'inviter') = (inviter_id is not null)),
  check ((scope = 'message') = (message is not null))
);
create unique index suppressions_once on suppressions (program_id, recipient_hash, scope, coalesce(inviter_id, message, ''));
alter table suppressions enable row level security;
alter table suppressions force row level security;
create policy program_scope on suppressions
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert, delete on suppressions to "referralhub_app";

-- An operator's own words of a message in a language. The newest version counts; one without words goes back to ours.
create table templates (
  program_id text collate "C" not null,
  message text not null,
  language text not null,
  version int not null check (version > 0),
  words jsonb not null,
  created_at timestamptz not null,
  created_by text,
  primary key (program_id, message, language, version)
);
alter table templates enable row level security;
alter table templates force row level security;
create policy program_scope on templates
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert on templates to "referralhub_app";

-- When a mail was last tried, to count a minute's; how often its mailbox was full or closed for now.
alter table mails add column attempted_at timestamptz;
alter table mails add column soft_bounces smallint not null default 0;
-- What somebody waits for goes before what they do not: 0 for what was asked for just now.
alter table mails add column priority smallint not null default 1;
create index mails_by_priority on mails (program_id, priority, next_attempt_at, id) where state = 'queued';
drop index mails_due;
create index mails_attempted on mails (program_id, attempted_at) where attempted_at is not null;
grant update (attempted_at, soft_bounces) on mails to "referralhub_app";

-- What the mail server said last, for whoever looks after the installation. One row.
create table mail_server (
  only_row boolean primary key default true check (only_row),
  host text not null,
  accepted_at timestamptz,
  failed_at timestamptz,
  failure text
);
grant select, insert, update on mail_server to "referralhub_app";
