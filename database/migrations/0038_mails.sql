-- The outbox: every mail to a person, from when it is posted until what became of it is known. What is personal in it
-- (the address and the facts it tells) is dropped some time after its end; what remains says that it was sent.
create table mails (
  program_id text collate "C" not null,
  id text collate "C" not null,
  -- Who posts it says what it is about; the same thing is posted once.
  key text collate "C" not null,
  message text not null,
  language text not null,
  facts jsonb,
  to_address text,
  domain text not null,
  -- Known from when it is first sent.
  recipient_hash text collate "C",
  participant_id text collate "C",
  inviter_id text collate "C",
  subject_id text collate "C",
  from_name text,
  state text not null check (state in ('queued', 'sending', 'sent', 'delivered', 'bounced', 'complained',
                                       'suppressed', 'failed', 'cancelled')),
  detail text,
  attempts smallint not null default 0,
  -- A mail that waited for too long stays where it is until somebody sends it.
  send_at timestamptz not null,
  next_attempt_at timestamptz not null,
  leased_until timestamptz,
  -- The part of its Message-ID behind the @, from its first attempt on: sent again, it is recognised.
  message_host text,
  created_at timestamptz not null,
  sent_at timestamptz,
  ended_at timestamptz,
  primary key (program_id, id),
  unique (program_id, key),
  check ((to_address is null) = (facts is null)),
  check (state not in ('queued', 'sending') or to_address is not null),
  check ((state in ('queued', 'sending')) = (ended_at is null))
);
create index mails_due on mails (program_id, next_attempt_at, id) where state = 'queued';
create index mails_sending on mails (program_id, leased_until) where state = 'sending';
create index mails_ended on mails (program_id, ended_at) where to_address is not null and ended_at is not null;
create index mails_subject on mails (program_id, subject_id, id);
create index mails_participant on mails (program_id, participant_id, id) where participant_id is not null;
create index mails_recipient on mails (program_id, recipient_hash) where recipient_hash is not null;
alter table mails enable row level security;
alter table mails force row level security;
create policy program_scope on mails
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert on mails to "referralhub_app";
grant update (facts, to_address, recipient_hash, state, detail, attempts, send_at, next_attempt_at, leased_until,
              message_host, sent_at, ended_at) on mails to "referralhub_app";
