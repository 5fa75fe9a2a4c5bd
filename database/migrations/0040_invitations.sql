-- A link sent to a named person. Who that is stands apart, so that it can be erased while the counts stay.
create table invitations (
  program_id text collate "C" not null,
  id text collate "C" not null,
  inviter_id text collate "C" not null,
  link_id text collate "C" not null,
  batch_id text collate "C",
  channel text not null check (channel in ('email', 'link')),
  state text not null check (state in ('draft', 'scheduled', 'queued', 'sent', 'delivered', 'clicked', 'joined',
                                       'bounced', 'expired', 'cancelled', 'suppressed')),
  language text not null,
  -- A keyed hash of the address; null where the inviter passes the link on without naming one.
  email_hash text collate "C",
  scheduled_at timestamptz,
  expires_at timestamptz not null,
  -- When the one automatic reminder is due; null: none.
  remind_at timestamptz,
  -- Which of its tokens is good: a changed address makes the one in an earlier mail worthless.
  token_number smallint not null default 1,
  mails smallint not null default 0,
  mailed_at timestamptz,
  reminded_at timestamptz,
  sent_at timestamptz,
  delivered_at timestamptz,
  clicked_at timestamptz,
  joined_at timestamptz,
  ended_at timestamptz,
  referee_id text collate "C",
  reason text,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  primary key (program_id, id),
  check (state <> 'scheduled' or scheduled_at is not null),
  check ((state = 'joined') = (referee_id is not null)),
  check (channel = 'link' or email_hash is not null)
);
create index invitations_inviter on invitations (program_id, inviter_id, id);
create index invitations_state on invitations (program_id, state, id);
create index invitations_email on invitations (program_id, email_hash) where email_hash is not null;
create index invitations_batch on invitations (program_id, batch_id, id) where batch_id is not null;
create index invitations_due on invitations (program_id, scheduled_at) where state = 'scheduled';
create index invitations_expiry on invitations (program_id, expires_at)
  where state in ('draft', 'scheduled', 'queued', 'sent', 'delivered', 'clicked', 'bounced');
create index invitations_reminder on invitations (program_id, remind_at)
  where remind_at is not null and state in ('sent', 'delivered', 'clicked');
alter table invitations enable row level security;
alter table invitations force row level security;
create policy program_scope on invitations
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert on invitations to "referralhub_app";
grant update (state, language, email_hash, scheduled_at, expires_at, remind_at, token_number, mails, mailed_at, reminded_at,
              sent_at, delivered_at, clicked_at, joined_at, ended_at, referee_id, reason, changed_at)
  on invitations to "referralhub_app";

create table invitation_identities (
  program_id text collate "C" not null,
  invitation_id text collate "C" not null,
  email text,
  name text not null,
  message text not null,
  primary key (program_id, invitation_id)
);
alter table invitation_identities enable row level security;
alter table invitation_identities force row level security;
create policy program_scope on invitation_identities
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert, update, delete on invitation_identities to "referralhub_app";

-- A token names its program: it must be found before the program is known. Only its SHA-256 is kept.
create table invitation_tokens (
  token_hash text collate "C" primary key,
  program_id text collate "C" not null,
  invitation_id text collate "C" not null
);
create index invitation_tokens_invitation on invitation_tokens (program_id, invitation_id);
grant select, insert, delete on invitation_tokens to "referralhub_app";

-- When somebody was last mailed by whatever inviter of whatever program: three times in thirty days, no more.
create table invitation_recipients (
  recipient_hash text collate "C" primary key,
  mailed_at timestamptz[] not null
);
grant select, insert, update, delete on invitation_recipients to "referralhub_app";

-- What was used today of a limit: of a member, a network, the program.
create table invitation_allowances (
  program_id text collate "C" not null,
  counted text collate "C" not null,
  day date not null,
  used int not null,
  primary key (program_id, counted, day)
);
alter table invitation_allowances enable row level security;
alter table invitation_allowances force row level security;
create policy program_scope on invitation_allowances
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert, update, delete on invitation_allowances to "referralhub_app";

-- A program without a row has the limits of the product.
create table invitation_terms (
  program_id text collate "C" not null primary key,
  terms jsonb not null,
  changed_at timestamptz not null default now()
);
alter table invitation_terms enable row level security;
alter table invitation_terms force row level security;
create policy program_scope on invitation_terms
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert, update on invitation_terms to "referralhub_app";
