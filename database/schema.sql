-- The schema after all migrations, read from the catalog by `npm run schema`. For reading: a change is a
-- migration, and a test compares. Left out: what runs the migrations (schema_migrations, schema_migrations_lock, installation_role)
-- and the schema of graphile-worker, which keeps its own.

create schema auth;
grant usage on schema auth to referralhub_app;

create table advocate_counts (
  program_id text collate "C" not null,
  participant_id text collate "C" not null,
  clicks bigint not null default 0,
  qualified bigint not null default 0,
  constraint advocate_counts_pkey PRIMARY KEY (program_id, participant_id)
);
alter table advocate_counts enable row level security;
alter table advocate_counts force row level security;
create policy program_scope on advocate_counts for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select, update on advocate_counts to referralhub_app;

create table api_key_secrets (
  secret_hash text collate "C" not null,
  program_id text collate "C" not null,
  key_id text collate "C" not null,
  scopes text[] not null,
  livemode boolean not null,
  constraint api_key_secrets_pkey PRIMARY KEY (secret_hash),
  constraint api_key_secrets_program_id_key_id_key UNIQUE (program_id, key_id),
  constraint api_key_secrets_program_id_key_id_fkey FOREIGN KEY (program_id, key_id) REFERENCES api_keys(program_id, id)
);
grant delete, insert, select on api_key_secrets to referralhub_app;

create table api_keys (
  program_id text collate "C" not null,
  id text collate "C" not null,
  name text not null,
  scopes text[] not null,
  livemode boolean not null,
  hint text not null,
  created_at timestamp with time zone not null default now(),
  last_used_at timestamp with time zone,
  disabled_at timestamp with time zone,
  constraint api_keys_pkey PRIMARY KEY (program_id, id),
  constraint api_keys_scopes_check CHECK (((cardinality(scopes) > 0) AND ((scopes <@ ARRAY['read'::text, 'write'::text]) OR (scopes = ARRAY['capture'::text]))))
);
alter table api_keys enable row level security;
alter table api_keys force row level security;
create policy program_scope on api_keys for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select on api_keys to referralhub_app;
grant update (last_used_at, disabled_at) on api_keys to referralhub_app;

create table attribution_terms (
  program_id text collate "C" not null,
  version integer not null,
  model text not null,
  window_days integer,
  valid_from timestamp with time zone not null default now(),
  created_by text collate "C",
  constraint attribution_terms_pkey PRIMARY KEY (program_id, version),
  constraint attribution_terms_model_check CHECK ((model ~ '^[a-z_]{1,40}$'::text)),
  constraint attribution_terms_version_check CHECK ((version > 0)),
  constraint attribution_terms_window_days_check CHECK (((window_days >= 1) AND (window_days <= 3650))),
  constraint attribution_terms_program_id_fkey FOREIGN KEY (program_id) REFERENCES program_directory(program_id)
);
alter table attribution_terms enable row level security;
alter table attribution_terms force row level security;
create policy program_scope on attribution_terms for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select on attribution_terms to referralhub_app;

create table audit_entries (
  program_id text collate "C" not null,
  "position" bigint not null,
  id text collate "C" not null,
  actor_kind text not null,
  actor_id text collate "C",
  operation text not null,
  subject_id text collate "C",
  request_id text,
  changes jsonb,
  at timestamp with time zone not null,
  constraint audit_entries_pkey PRIMARY KEY (program_id, "position", id),
  constraint audit_entries_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['key'::text, 'user'::text, 'participant'::text, 'visitor'::text, 'system'::text])))
);
alter table audit_entries enable row level security;
alter table audit_entries force row level security;
create policy program_scope on audit_entries for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select on audit_entries to referralhub_app;

create table channel_counts (
  program_id text collate "C" not null,
  channel text not null,
  shares bigint not null default 0,
  clicks bigint not null default 0,
  signups bigint not null default 0,
  qualified bigint not null default 0,
  rewarded bigint not null default 0,
  constraint channel_counts_pkey PRIMARY KEY (program_id, channel),
  constraint channel_counts_channel_check CHECK ((length(channel) <= 64))
);
alter table channel_counts enable row level security;
alter table channel_counts force row level security;
create policy program_scope on channel_counts for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select, update on channel_counts to referralhub_app;

create table claims (
  program_id text collate "C" not null,
  id text collate "C" not null,
  participant_id text collate "C" not null,
  code text,
  advocate_id text collate "C",
  invited_on date,
  note text,
  state text not null,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  decided_by text collate "C",
  decided_at timestamp with time zone,
  decision_reason text,
  constraint claims_pkey PRIMARY KEY (program_id, id),
  constraint claims_check CHECK (((state = 'open'::text) = (decided_at IS NULL))),
  constraint claims_code_check CHECK ((length(code) <= 100)),
  constraint claims_decision_reason_check CHECK (((length(decision_reason) >= 1) AND (length(decision_reason) <= 500))),
  constraint claims_note_check CHECK (((length(note) >= 1) AND (length(note) <= 500))),
  constraint claims_state_check CHECK ((state = ANY (ARRAY['open'::text, 'approved'::text, 'rejected'::text, 'expired'::text]))),
  constraint claims_program_id_participant_id_fkey FOREIGN KEY (program_id, participant_id) REFERENCES participants(program_id, id)
);
alter table claims enable row level security;
alter table claims force row level security;
CREATE UNIQUE INDEX claims_open ON claims USING btree (program_id, participant_id) WHERE (state = 'open'::text);
create policy program_scope on claims for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select on claims to referralhub_app;
grant update (advocate_id, state, decided_by, decided_at, decision_reason) on claims to referralhub_app;

create table clicks (
  program_id text collate "C" not null,
  "position" bigint not null,
  id text collate "C" not null,
  link_id text collate "C" not null,
  participant_id text collate "C" not null,
  address_hash text,
  referrer_host text,
  device text,
  occurred_at timestamp with time zone not null default now(),
  channel text,
  visitor_id text collate "C",
  constraint clicks_pkey PRIMARY KEY (program_id, id),
  constraint clicks_visitor_id_check CHECK (((length(visitor_id) >= 16) AND (length(visitor_id) <= 64)))
);
alter table clicks enable row level security;
alter table clicks force row level security;
CREATE INDEX clicks_new ON clicks USING brin ("position") WITH (pages_per_range='16', autosummarize='on');
CREATE INDEX clicks_visitor ON clicks USING btree (program_id, visitor_id, occurred_at) WHERE (visitor_id IS NOT NULL);
create policy program_scope on clicks for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant delete, insert, select on clicks to referralhub_app;

create table conversions (
  program_id text collate "C" not null,
  id text collate "C" not null,
  "position" bigint not null,
  external_id text collate "C" not null,
  fingerprint text not null,
  participant_id text collate "C" not null,
  kind text not null,
  amount_minor bigint not null,
  currency text collate "C" not null,
  profit_minor bigint,
  product text,
  metadata jsonb,
  status text not null,
  plan_version integer,
  settlement json,
  refunded_minor bigint not null default 0,
  occurred_at timestamp with time zone not null,
  recorded_at timestamp with time zone not null default now(),
  original_currency text collate "C",
  original_amount_minor bigint,
  original_profit_minor bigint,
  rate_id text collate "C",
  constraint conversions_pkey PRIMARY KEY (program_id, id),
  constraint conversions_program_id_external_id_key UNIQUE (program_id, external_id),
  constraint conversions_amount_minor_check CHECK (((amount_minor >= 0) AND (amount_minor <= '1000000000000000'::bigint))),
  constraint conversions_check CHECK (((refunded_minor >= 0) AND (refunded_minor <= amount_minor))),
  constraint conversions_check1 CHECK (((status = 'settled'::text) = ((plan_version IS NOT NULL) AND (settlement IS NOT NULL)))),
  constraint conversions_check2 CHECK ((((original_currency IS NULL) = (rate_id IS NULL)) AND ((original_currency IS NULL) = (original_amount_minor IS NULL)))),
  constraint conversions_currency_check CHECK ((length(currency) = 3)),
  constraint conversions_original_amount_minor_check CHECK (((original_amount_minor >= 0) AND (original_amount_minor <= '1000000000000000'::bigint))),
  constraint conversions_original_currency_check CHECK ((length(original_currency) = 3)),
  constraint conversions_original_profit_minor_check CHECK (((original_profit_minor >= '-1000000000000000'::bigint) AND (original_profit_minor <= '1000000000000000'::bigint))),
  constraint conversions_profit_minor_check CHECK (((profit_minor >= '-1000000000000000'::bigint) AND (profit_minor <= '1000000000000000'::bigint))),
  constraint conversions_status_check CHECK ((status = ANY (ARRAY['recorded'::text, 'settled'::text])))
);
alter table conversions enable row level security;
alter table conversions force row level security;
CREATE INDEX conversions_participant ON conversions USING btree (participant_id, id);
CREATE INDEX conversions_unsettled ON conversions USING btree (program_id, id) WHERE (status = 'recorded'::text);
create policy program_scope on conversions for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select on conversions to referralhub_app;
grant update (status, plan_version, settlement, refunded_minor) on conversions to referralhub_app;

create table coupons (
  program_id text collate "C" not null,
  code text collate "C" not null,
  reward_id text collate "C" not null,
  participant_id text collate "C" not null,
  label text not null,
  value jsonb not null,
  created_at timestamp with time zone not null default now(),
  redeemed_at timestamp with time zone,
  redeemed_for text collate "C",
  constraint coupons_pkey PRIMARY KEY (program_id, code),
  constraint coupons_program_id_reward_id_key UNIQUE (program_id, reward_id),
  constraint coupons_check CHECK (((redeemed_at IS NULL) = (redeemed_for IS NULL)))
);
alter table coupons enable row level security;
alter table coupons force row level security;
CREATE INDEX coupons_participant ON coupons USING btree (program_id, participant_id, reward_id);
create policy program_scope on coupons for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select on coupons to referralhub_app;
grant update (redeemed_at, redeemed_for) on coupons to referralhub_app;

create table cursors (
  program_id text collate "C" not null,
  reader text collate "C" not null,
  "position" bigint not null default 0,
  row_id text collate "C" not null default ''::text,
  constraint cursors_pkey PRIMARY KEY (program_id, reader)
);
alter table cursors enable row level security;
alter table cursors force row level security;
create policy program_scope on cursors for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select, update on cursors to referralhub_app;

create table directory_audit_entries (
  "position" bigint not null,
  id text collate "C" not null,
  actor_kind text not null,
  actor_id text collate "C",
  operation text not null,
  subject_id text collate "C",
  request_id text,
  changes jsonb,
  at timestamp with time zone not null,
  constraint directory_audit_entries_pkey PRIMARY KEY ("position", id),
  constraint directory_audit_entries_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['key'::text, 'user'::text, 'participant'::text, 'visitor'::text, 'system'::text])))
);
grant insert, select on directory_audit_entries to referralhub_app;

create table email_verifications (
  program_id text collate "C" not null,
  participant_id text collate "C" not null,
  token_hash text collate "C" not null,
  code_hash text collate "C" not null,
  attempts integer not null default 0,
  sends integer not null default 1,
  sent_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint email_verifications_pkey PRIMARY KEY (program_id, participant_id),
  constraint email_verifications_program_id_token_hash_key UNIQUE (program_id, token_hash)
);
alter table email_verifications enable row level security;
alter table email_verifications force row level security;
create policy program_scope on email_verifications for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant delete, insert, select, update on email_verifications to referralhub_app;

create table embed_tokens (
  token_hash text collate "C" not null,
  program_id text collate "C" not null,
  participant_id text collate "C" not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint embed_tokens_pkey PRIMARY KEY (token_hash),
  constraint embed_tokens_check CHECK ((expires_at <= (created_at + '01:00:00'::interval)))
);
CREATE INDEX embed_tokens_expiry ON embed_tokens USING btree (expires_at);
grant delete, insert, select on embed_tokens to referralhub_app;

create table events (
  program_id text collate "C" not null,
  "position" bigint not null,
  id text collate "C" not null,
  type text not null,
  subject_id text collate "C" not null,
  audience text[] not null default '{}'::text[],
  data json not null,
  recorded_at timestamp with time zone not null default now(),
  constraint events_pkey PRIMARY KEY (program_id, "position", id)
);
alter table events enable row level security;
alter table events force row level security;
CREATE INDEX events_rare ON events USING btree (program_id, "position", id) WHERE (type <> ALL (ARRAY['conversion.settled'::text, 'reward.created'::text]));
create policy program_scope on events for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select on events to referralhub_app;

create table exchange_rates (
  program_id text collate "C" not null,
  id text collate "C" not null,
  currency text collate "C" not null,
  rate numeric(22,10) not null,
  valid_from date not null,
  source text not null,
  created_at timestamp with time zone not null default now(),
  constraint exchange_rates_pkey PRIMARY KEY (program_id, id),
  constraint exchange_rates_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint exchange_rates_rate_check CHECK ((rate > (0)::numeric))
);
alter table exchange_rates enable row level security;
alter table exchange_rates force row level security;
CREATE INDEX exchange_rates_lookup ON exchange_rates USING btree (program_id, currency, valid_from, created_at, id);
create policy program_scope on exchange_rates for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select on exchange_rates to referralhub_app;

create table former_settlements (
  program_id text collate "C" not null,
  conversion_id text collate "C" not null,
  number smallint not null,
  settlement json not null,
  reassignment_id text collate "C" not null,
  until timestamp with time zone not null default now(),
  constraint former_settlements_pkey PRIMARY KEY (program_id, conversion_id, number),
  constraint former_settlements_number_check CHECK ((number > 0))
);
alter table former_settlements enable row level security;
alter table former_settlements force row level security;
create policy program_scope on former_settlements for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select on former_settlements to referralhub_app;

create table former_uplines (
  program_id text collate "C" not null,
  participant_id text collate "C" not null,
  reassignment_id text collate "C" not null,
  upline text[] collate "C" not null,
  until timestamp with time zone not null default now(),
  constraint former_uplines_pkey PRIMARY KEY (program_id, participant_id, reassignment_id)
);
alter table former_uplines enable row level security;
alter table former_uplines force row level security;
create policy program_scope on former_uplines for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select on former_uplines to referralhub_app;

create table idempotency_keys (
  program_id text collate "C" not null,
  key text collate "C" not null,
  fingerprint text not null,
  status smallint not null,
  body text not null,
  created_at timestamp with time zone not null default now(),
  constraint idempotency_keys_pkey PRIMARY KEY (program_id, key)
);
alter table idempotency_keys enable row level security;
alter table idempotency_keys force row level security;
create policy program_scope on idempotency_keys for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant delete, insert, select on idempotency_keys to referralhub_app;

create table installation (
  only_row boolean not null default true,
  created_at timestamp with time zone not null default now(),
  position_offset bigint not null default 0,
  cluster text not null,
  constraint installation_pkey PRIMARY KEY (only_row),
  constraint installation_only_row_check CHECK (only_row)
);
grant select on installation to referralhub_app;

create table installation_owners (
  user_id text collate "C" not null,
  created_at timestamp with time zone not null default now(),
  constraint installation_owners_pkey PRIMARY KEY (user_id)
);
grant delete, insert, select on installation_owners to referralhub_app;

create table invitation_allowances (
  program_id text collate "C" not null,
  counted text collate "C" not null,
  day date not null,
  used integer not null,
  constraint invitation_allowances_pkey PRIMARY KEY (program_id, counted, day)
);
alter table invitation_allowances enable row level security;
alter table invitation_allowances force row level security;
create policy program_scope on invitation_allowances for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant delete, insert, select, update on invitation_allowances to referralhub_app;

create table invitation_batch_rows (
  program_id text collate "C" not null,
  batch_id text collate "C" not null,
  number integer not null,
  cells jsonb not null,
  edits jsonb,
  email text not null,
  email_hash text collate "C",
  name text not null,
  message text not null,
  language text not null,
  problem text,
  invitation_id text collate "C",
  constraint invitation_batch_rows_pkey PRIMARY KEY (program_id, batch_id, number)
);
alter table invitation_batch_rows enable row level security;
alter table invitation_batch_rows force row level security;
CREATE INDEX invitation_batch_rows_problem ON invitation_batch_rows USING btree (program_id, batch_id, problem, number) WHERE (problem IS NOT NULL);
CREATE INDEX invitation_batch_rows_ready ON invitation_batch_rows USING btree (program_id, batch_id, number) WHERE ((problem IS NULL) AND (invitation_id IS NULL));
create policy program_scope on invitation_batch_rows for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant delete, insert, select on invitation_batch_rows to referralhub_app;
grant update (edits, email, email_hash, name, message, language, problem, invitation_id) on invitation_batch_rows to referralhub_app;

create table invitation_batches (
  program_id text collate "C" not null,
  id text collate "C" not null,
  inviter_id text collate "C" not null,
  name text not null,
  state text not null,
  columns jsonb not null,
  mapping jsonb not null,
  message text not null,
  language text not null,
  scheduled_at timestamp with time zone,
  expires_days integer not null,
  per_minute integer,
  is_limited boolean not null,
  minute_started_at timestamp with time zone,
  minute_sent integer not null default 0,
  waits_for text,
  created_at timestamp with time zone not null default now(),
  started_at timestamp with time zone,
  ended_at timestamp with time zone,
  constraint invitation_batches_pkey PRIMARY KEY (program_id, id),
  constraint invitation_batches_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'sending'::text, 'paused'::text, 'completed'::text, 'cancelled'::text])))
);
alter table invitation_batches enable row level security;
alter table invitation_batches force row level security;
CREATE INDEX invitation_batches_inviter ON invitation_batches USING btree (program_id, inviter_id, id);
CREATE INDEX invitation_batches_open ON invitation_batches USING btree (program_id, id) WHERE (state = 'sending'::text);
create policy program_scope on invitation_batches for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select on invitation_batches to referralhub_app;
grant update (name, state, mapping, message, language, scheduled_at, expires_days, per_minute, minute_started_at, minute_sent, waits_for, started_at, ended_at) on invitation_batches to referralhub_app;

create table invitation_identities (
  program_id text collate "C" not null,
  invitation_id text collate "C" not null,
  email text,
  name text not null,
  message text not null,
  constraint invitation_identities_pkey PRIMARY KEY (program_id, invitation_id)
);
alter table invitation_identities enable row level security;
alter table invitation_identities force row level security;
create policy program_scope on invitation_identities for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant delete, insert, select, update on invitation_identities to referralhub_app;

create table invitation_recipients (
  recipient_hash text collate "C" not null,
  mailed_at timestamp with time zone[] not null,
  constraint invitation_recipients_pkey PRIMARY KEY (recipient_hash)
);
grant delete, insert, select, update on invitation_recipients to referralhub_app;

create table invitation_terms (
  program_id text collate "C" not null,
  terms jsonb not null,
  changed_at timestamp with time zone not null default now(),
  constraint invitation_terms_pkey PRIMARY KEY (program_id)
);
alter table invitation_terms enable row level security;
alter table invitation_terms force row level security;
create policy program_scope on invitation_terms for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select, update on invitation_terms to referralhub_app;

create table invitation_tokens (
  token_hash text collate "C" not null,
  program_id text collate "C" not null,
  invitation_id text collate "C" not null,
  constraint invitation_tokens_pkey PRIMARY KEY (token_hash)
);
CREATE INDEX invitation_tokens_invitation ON invitation_tokens USING btree (program_id, invitation_id);
grant delete, insert, select on invitation_tokens to referralhub_app;

create table invitations (
  program_id text collate "C" not null,
  id text collate "C" not null,
  inviter_id text collate "C" not null,
  link_id text collate "C" not null,
  batch_id text collate "C",
  channel text not null,
  state text not null,
  language text not null,
  email_hash text collate "C",
  scheduled_at timestamp with time zone,
  expires_at timestamp with time zone not null,
  remind_at timestamp with time zone,
  token_number smallint not null default 1,
  mails smallint not null default 0,
  mailed_at timestamp with time zone,
  reminded_at timestamp with time zone,
  sent_at timestamp with time zone,
  delivered_at timestamp with time zone,
  clicked_at timestamp with time zone,
  joined_at timestamp with time zone,
  ended_at timestamp with time zone,
  referee_id text collate "C",
  reason text,
  created_at timestamp with time zone not null default now(),
  changed_at timestamp with time zone not null default now(),
  constraint invitations_pkey PRIMARY KEY (program_id, id),
  constraint invitations_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'link'::text]))),
  constraint invitations_check CHECK (((state <> 'scheduled'::text) OR (scheduled_at IS NOT NULL))),
  constraint invitations_check1 CHECK (((state = 'joined'::text) = (referee_id IS NOT NULL))),
  constraint invitations_check2 CHECK (((channel = 'link'::text) OR (email_hash IS NOT NULL))),
  constraint invitations_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'scheduled'::text, 'queued'::text, 'sent'::text, 'delivered'::text, 'clicked'::text, 'joined'::text, 'bounced'::text, 'expired'::text, 'cancelled'::text, 'suppressed'::text])))
);
alter table invitations enable row level security;
alter table invitations force row level security;
CREATE INDEX invitations_batch ON invitations USING btree (program_id, batch_id, id) WHERE (batch_id IS NOT NULL);
CREATE INDEX invitations_due ON invitations USING btree (program_id, scheduled_at) WHERE (state = 'scheduled'::text);
CREATE INDEX invitations_email ON invitations USING btree (program_id, email_hash) WHERE (email_hash IS NOT NULL);
CREATE INDEX invitations_expiry ON invitations USING btree (program_id, expires_at) WHERE (state = ANY (ARRAY['draft'::text, 'scheduled'::text, 'queued'::text, 'sent'::text, 'delivered'::text, 'clicked'::text, 'bounced'::text]));
CREATE INDEX invitations_inviter ON invitations USING btree (program_id, inviter_id, id);
CREATE INDEX invitations_reminder ON invitations USING btree (program_id, remind_at) WHERE ((remind_at IS NOT NULL) AND (state = ANY (ARRAY['sent'::text, 'delivered'::text, 'clicked'::text])));
CREATE INDEX invitations_state ON invitations USING btree (program_id, state, id);
create policy program_scope on invitations for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select on invitations to referralhub_app;
grant update (state, language, email_hash, scheduled_at, expires_at, remind_at, token_number, mails, mailed_at, reminded_at, sent_at, delivered_at, clicked_at, joined_at, ended_at, referee_id, reason, changed_at) on invitations to referralhub_app;

create table ledger_accounts (
  program_id text collate "C" not null,
  id text collate "C" not null,
  owner_id text collate "C" not null,
  purse text not null,
  currency text collate "C" not null,
  created_at timestamp with time zone not null default now(),
  constraint ledger_accounts_pkey PRIMARY KEY (program_id, id),
  constraint ledger_accounts_check CHECK ((id = ((((('acc_'::text || currency) || '_'::text) || purse) || '_'::text) || owner_id))),
  constraint ledger_accounts_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint ledger_accounts_purse_check CHECK ((purse = ANY (ARRAY['funding'::text, 'fx'::text, 'pending'::text, 'held'::text, 'available'::text, 'clearing'::text, 'paid'::text])))
);
alter table ledger_accounts enable row level security;
alter table ledger_accounts force row level security;
CREATE INDEX ledger_accounts_owner ON ledger_accounts USING btree (program_id, owner_id);
create policy program_scope on ledger_accounts for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select on ledger_accounts to referralhub_app;

create table ledger_checkpoints (
  program_id text collate "C" not null,
  account_id text collate "C" not null,
  "position" bigint not null,
  balance_minor numeric not null,
  entries bigint not null,
  constraint ledger_checkpoints_pkey PRIMARY KEY (program_id, account_id)
) with (fillfactor=60);
alter table ledger_checkpoints enable row level security;
alter table ledger_checkpoints force row level security;
create policy program_scope on ledger_checkpoints for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant delete, insert, select, update on ledger_checkpoints to referralhub_app;

create view ledger_entries with (security_invoker=true) as
 SELECT ledger_transfers.program_id,
    ledger_transfers."position",
    ledger_transfers.id AS transfer_id,
    ledger_transfers.credit_id AS account_id,
    ledger_transfers.debit_id AS other_id,
    ledger_transfers.amount_minor,
    ledger_transfers.currency,
    ledger_transfers.reason,
    ledger_transfers.subject_id,
    ledger_transfers.occurred_at,
    ledger_transfers.recorded_at
   FROM ledger_transfers
UNION ALL
 SELECT ledger_transfers.program_id,
    ledger_transfers."position",
    ledger_transfers.id AS transfer_id,
    ledger_transfers.debit_id AS account_id,
    ledger_transfers.credit_id AS other_id,
    (- ledger_transfers.amount_minor) AS amount_minor,
    ledger_transfers.currency,
    ledger_transfers.reason,
    ledger_transfers.subject_id,
    ledger_transfers.occurred_at,
    ledger_transfers.recorded_at
   FROM ledger_transfers;
grant select on ledger_entries to referralhub_app;

create table ledger_exchanges (
  program_id text collate "C" not null,
  transfer_id text collate "C" not null,
  rate_id text collate "C" not null,
  rate numeric(22,10) not null,
  valid_from date not null,
  source text not null,
  constraint ledger_exchanges_pkey PRIMARY KEY (program_id, transfer_id)
);
alter table ledger_exchanges enable row level security;
alter table ledger_exchanges force row level security;
create policy program_scope on ledger_exchanges for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select on ledger_exchanges to referralhub_app;

create table ledger_transfers (
  program_id text collate "C" not null,
  "position" bigint not null,
  id text collate "C" not null,
  idempotency_key text collate "C" not null,
  debit_id text collate "C" not null,
  credit_id text collate "C" not null,
  amount_minor bigint not null,
  currency text collate "C" not null,
  reason text not null,
  subject_id text collate "C" not null,
  occurred_at timestamp with time zone not null,
  recorded_at timestamp with time zone not null default now(),
  constraint ledger_transfers_pkey PRIMARY KEY (program_id, idempotency_key),
  constraint ledger_transfers_amount_minor_check CHECK (((amount_minor > 0) AND (amount_minor <= '1000000000000000'::bigint))),
  constraint ledger_transfers_check CHECK ((debit_id <> credit_id)),
  constraint ledger_transfers_check1 CHECK (((substr(debit_id, 1, 8) = (('acc_'::text || currency) || '_'::text)) AND (substr(credit_id, 1, 8) = (('acc_'::text || currency) || '_'::text))))
);
alter table ledger_transfers enable row level security;
alter table ledger_transfers force row level security;
CREATE INDEX ledger_transfers_credit ON ledger_transfers USING btree (credit_id, "position");
CREATE INDEX ledger_transfers_debit ON ledger_transfers USING btree (debit_id, "position");
CREATE INDEX ledger_transfers_new ON ledger_transfers USING brin ("position") WITH (pages_per_range='16', autosummarize='on');
CREATE INDEX ledger_transfers_recorded ON ledger_transfers USING brin (recorded_at) WITH (pages_per_range='16', autosummarize='on');
create policy program_scope on ledger_transfers for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select on ledger_transfers to referralhub_app;

create table leg_counts (
  program_id text collate "C" not null,
  participant_id text collate "C" not null,
  leg_participant_id text collate "C" not null,
  participants integer not null default 0,
  constraint leg_counts_pkey PRIMARY KEY (program_id, participant_id, leg_participant_id)
);
alter table leg_counts enable row level security;
alter table leg_counts force row level security;
create policy program_scope on leg_counts for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select, update on leg_counts to referralhub_app;

create table link_codes (
  code text collate "C" not null,
  program_id text collate "C" not null,
  link_id text collate "C" not null,
  participant_id text collate "C" not null,
  look text collate "C",
  constraint link_codes_pkey PRIMARY KEY (code)
);
CREATE UNIQUE INDEX link_codes_look ON link_codes USING btree (look) WHERE (look IS NOT NULL);
grant insert, select on link_codes to referralhub_app;

create table link_counts (
  program_id text collate "C" not null,
  link_id text collate "C" not null,
  clicks bigint not null default 0,
  signups bigint not null default 0,
  qualified bigint not null default 0,
  rewarded bigint not null default 0,
  constraint link_counts_pkey PRIMARY KEY (program_id, link_id)
);
alter table link_counts enable row level security;
alter table link_counts force row level security;
create policy program_scope on link_counts for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select, update on link_counts to referralhub_app;

create table link_days (
  program_id text collate "C" not null,
  link_id text collate "C" not null,
  day date not null,
  clicks integer not null default 0,
  signups integer not null default 0,
  constraint link_days_pkey PRIMARY KEY (program_id, link_id, day)
);
alter table link_days enable row level security;
alter table link_days force row level security;
create policy program_scope on link_days for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant delete, insert, select, update on link_days to referralhub_app;

create table links (
  program_id text collate "C" not null,
  id text collate "C" not null,
  participant_id text collate "C" not null,
  code text collate "C" not null,
  state text not null default 'active'::text,
  created_at timestamp with time zone not null default now(),
  label text,
  channel text,
  destination_url text,
  parameters json,
  expires_at timestamp with time zone,
  expired_at timestamp with time zone,
  max_uses integer,
  uses integer not null default 0,
  former_codes text[] collate "C" not null default '{}'::text[],
  updated_at timestamp with time zone,
  constraint links_pkey PRIMARY KEY (program_id, id),
  constraint links_channel_check CHECK (((length(channel) >= 1) AND (length(channel) <= 64))),
  constraint links_check CHECK (((max_uses IS NULL) OR (uses <= max_uses))),
  constraint links_destination_url_check CHECK ((length(destination_url) <= 2000)),
  constraint links_label_check CHECK (((length(label) >= 1) AND (length(label) <= 80))),
  constraint links_max_uses_check CHECK (((max_uses >= 1) AND (max_uses <= 1000000))),
  constraint links_state_check CHECK ((state = ANY (ARRAY['active'::text, 'paused'::text, 'disabled'::text]))),
  constraint links_uses_check CHECK ((uses >= 0)),
  constraint links_program_id_participant_id_fkey FOREIGN KEY (program_id, participant_id) REFERENCES participants(program_id, id)
);
alter table links enable row level security;
alter table links force row level security;
CREATE INDEX links_participant ON links USING btree (program_id, participant_id);
CREATE INDEX links_to_expire ON links USING btree (program_id, expires_at) WHERE ((expires_at IS NOT NULL) AND (expired_at IS NULL) AND (state <> 'disabled'::text));
create policy program_scope on links for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select on links to referralhub_app;
grant update (code, state, label, channel, destination_url, parameters, expires_at, expired_at, max_uses, uses, former_codes, updated_at) on links to referralhub_app;

create table mail_server (
  only_row boolean not null default true,
  host text not null,
  accepted_at timestamp with time zone,
  failed_at timestamp with time zone,
  failure text,
  constraint mail_server_pkey PRIMARY KEY (only_row),
  constraint mail_server_only_row_check CHECK (only_row)
);
grant insert, select, update on mail_server to referralhub_app;

create table mail_settings (
  program_id text collate "C" not null,
  from_name text,
  from_address text,
  reply_to text,
  postal_address text,
  mails_per_minute integer,
  domain_mails_per_minute integer,
  updated_at timestamp with time zone not null default now(),
  constraint mail_settings_pkey PRIMARY KEY (program_id),
  constraint mail_settings_domain_mails_per_minute_check CHECK ((domain_mails_per_minute > 0)),
  constraint mail_settings_mails_per_minute_check CHECK ((mails_per_minute > 0))
);
alter table mail_settings enable row level security;
alter table mail_settings force row level security;
create policy program_scope on mail_settings for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select, update on mail_settings to referralhub_app;

create table mails (
  program_id text collate "C" not null,
  id text collate "C" not null,
  key text collate "C" not null,
  message text not null,
  language text not null,
  facts jsonb,
  to_address text,
  domain text not null,
  recipient_hash text collate "C",
  participant_id text collate "C",
  inviter_id text collate "C",
  subject_id text collate "C",
  from_name text,
  state text not null,
  detail text,
  attempts smallint not null default 0,
  send_at timestamp with time zone not null,
  next_attempt_at timestamp with time zone not null,
  leased_until timestamp with time zone,
  message_host text,
  created_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  ended_at timestamp with time zone,
  attempted_at timestamp with time zone,
  soft_bounces smallint not null default 0,
  priority smallint not null default 1,
  constraint mails_pkey PRIMARY KEY (program_id, id),
  constraint mails_program_id_key_key UNIQUE (program_id, key),
  constraint mails_check CHECK (((to_address IS NULL) = (facts IS NULL))),
  constraint mails_check1 CHECK (((state <> ALL (ARRAY['queued'::text, 'sending'::text])) OR (to_address IS NOT NULL))),
  constraint mails_check2 CHECK (((state = ANY (ARRAY['queued'::text, 'sending'::text])) = (ended_at IS NULL))),
  constraint mails_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sending'::text, 'sent'::text, 'delivered'::text, 'bounced'::text, 'complained'::text, 'suppressed'::text, 'failed'::text, 'cancelled'::text])))
);
alter table mails enable row level security;
alter table mails force row level security;
CREATE INDEX mails_attempted ON mails USING btree (program_id, attempted_at) WHERE (attempted_at IS NOT NULL);
CREATE INDEX mails_by_priority ON mails USING btree (program_id, priority, next_attempt_at, id) WHERE (state = 'queued'::text);
CREATE INDEX mails_ended ON mails USING btree (program_id, ended_at) WHERE ((to_address IS NOT NULL) AND (ended_at IS NOT NULL));
CREATE INDEX mails_participant ON mails USING btree (program_id, participant_id, id) WHERE (participant_id IS NOT NULL);
CREATE INDEX mails_recipient ON mails USING btree (program_id, recipient_hash) WHERE (recipient_hash IS NOT NULL);
CREATE INDEX mails_sending ON mails USING btree (program_id, leased_until) WHERE (state = 'sending'::text);
CREATE INDEX mails_subject ON mails USING btree (program_id, subject_id, id);
create policy program_scope on mails for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select on mails to referralhub_app;
grant update (facts, to_address, recipient_hash, state, detail, attempts, send_at, next_attempt_at, leased_until, message_host, sent_at, ended_at, attempted_at, soft_bounces) on mails to referralhub_app;

create table memberships (
  program_id text collate "C" not null,
  user_id text collate "C" not null,
  role text not null,
  created_at timestamp with time zone not null default now(),
  constraint memberships_pkey PRIMARY KEY (program_id, user_id),
  constraint memberships_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'marketer'::text, 'finance'::text, 'reviewer'::text, 'developer'::text, 'viewer'::text]))),
  constraint memberships_program_id_fkey FOREIGN KEY (program_id) REFERENCES program_directory(program_id)
);
CREATE INDEX memberships_user ON memberships USING btree (user_id, program_id);
grant delete, insert, select on memberships to referralhub_app;
grant update (role) on memberships to referralhub_app;

create table network_counts (
  program_id text collate "C" not null,
  participant_id text collate "C" not null,
  level smallint not null,
  participants integer not null default 0,
  constraint network_counts_pkey PRIMARY KEY (program_id, participant_id, level)
);
alter table network_counts enable row level security;
alter table network_counts force row level security;
create policy program_scope on network_counts for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select, update on network_counts to referralhub_app;

create table notification_preferences (
  program_id text collate "C" not null,
  participant_id text collate "C" not null,
  time_zone text,
  quiet_from text collate "C",
  quiet_to text collate "C",
  choices jsonb not null,
  updated_at timestamp with time zone not null,
  constraint notification_preferences_pkey PRIMARY KEY (program_id, participant_id),
  constraint notification_preferences_check CHECK (((quiet_from IS NULL) = (quiet_to IS NULL))),
  constraint notification_preferences_quiet_from_check CHECK ((quiet_from ~ '^\d\d:\d\d$'::text)),
  constraint notification_preferences_quiet_to_check CHECK ((quiet_to ~ '^\d\d:\d\d$'::text))
);
alter table notification_preferences enable row level security;
alter table notification_preferences force row level security;
create policy program_scope on notification_preferences for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant delete, insert, select, update on notification_preferences to referralhub_app;

create table notifications (
  program_id text collate "C" not null,
  id text collate "C" not null,
  participant_id text collate "C" not null,
  message text collate "C" not null,
  topic text collate "C" not null,
  slot text collate "C" not null,
  facts jsonb not null,
  happened integer not null,
  amount_minor numeric,
  currency text collate "C",
  created_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  is_in_app boolean not null,
  read_at timestamp with time zone,
  pace text collate "C" not null,
  mail_at timestamp with time zone,
  mailed_at timestamp with time zone,
  constraint notifications_pkey PRIMARY KEY (program_id, id),
  constraint notifications_program_id_participant_id_slot_key UNIQUE (program_id, participant_id, slot),
  constraint notifications_check CHECK (((amount_minor IS NULL) = (currency IS NULL))),
  constraint notifications_check1 CHECK (((mail_at IS NULL) OR (pace <> 'off'::text))),
  constraint notifications_happened_check CHECK ((happened > 0)),
  constraint notifications_pace_check CHECK ((pace = ANY (ARRAY['immediate'::text, 'daily'::text, 'weekly'::text, 'off'::text])))
) with (fillfactor=70);
alter table notifications enable row level security;
alter table notifications force row level security;
CREATE INDEX notifications_begun ON notifications USING btree (program_id, created_at);
CREATE INDEX notifications_due ON notifications USING btree (program_id, mail_at) WHERE ((mail_at IS NOT NULL) AND (mailed_at IS NULL));
CREATE INDEX notifications_inbox ON notifications USING btree (program_id, participant_id, id) WHERE is_in_app;
CREATE INDEX notifications_unread ON notifications USING btree (program_id, participant_id) WHERE (is_in_app AND (read_at IS NULL));
create policy program_scope on notifications for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant delete, insert, select on notifications to referralhub_app;
grant update (slot, facts, happened, amount_minor, changed_at, read_at, pace, mail_at, mailed_at) on notifications to referralhub_app;

create table nudges (
  program_id text collate "C" not null,
  referee_id text collate "C" not null,
  nudged_at timestamp with time zone not null,
  count integer not null,
  constraint nudges_pkey PRIMARY KEY (program_id, referee_id),
  constraint nudges_count_check CHECK ((count > 0)),
  constraint nudges_program_id_referee_id_fkey FOREIGN KEY (program_id, referee_id) REFERENCES participants(program_id, id)
);
alter table nudges enable row level security;
alter table nudges force row level security;
create policy program_scope on nudges for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select, update on nudges to referralhub_app;

create table open_places (
  program_id text collate "C" not null,
  inviter_id text collate "C" not null,
  level smallint not null,
  participant_id text collate "C" not null,
  constraint open_places_pkey PRIMARY KEY (program_id, inviter_id, level, participant_id)
);
alter table open_places enable row level security;
alter table open_places force row level security;
CREATE INDEX open_places_participant ON open_places USING btree (program_id, participant_id);
create policy program_scope on open_places for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant delete, insert, select on open_places to referralhub_app;

create table participant_activity (
  program_id text collate "C" not null,
  participant_id text collate "C" not null,
  day date not null,
  constraint participant_activity_pkey PRIMARY KEY (program_id, participant_id, day)
);
alter table participant_activity enable row level security;
alter table participant_activity force row level security;
create policy program_scope on participant_activity for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant delete, insert, select on participant_activity to referralhub_app;

create table participant_identities (
  program_id text collate "C" not null,
  participant_id text collate "C" not null,
  name text not null,
  email text not null,
  email_hash text collate "C" not null,
  constraint participant_identities_pkey PRIMARY KEY (program_id, participant_id),
  constraint participant_identities_program_id_participant_id_fkey FOREIGN KEY (program_id, participant_id) REFERENCES participants(program_id, id)
);
alter table participant_identities enable row level security;
alter table participant_identities force row level security;
CREATE INDEX participant_identities_email ON participant_identities USING btree (program_id, email_hash);
create policy program_scope on participant_identities for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant delete, insert, select, update on participant_identities to referralhub_app;

create table participant_logins (
  program_id text collate "C" not null,
  user_id text collate "C" not null,
  participant_id text collate "C" not null,
  created_at timestamp with time zone not null default now(),
  constraint participant_logins_pkey PRIMARY KEY (program_id, user_id),
  constraint participant_logins_program_id_participant_id_key UNIQUE (program_id, participant_id)
);
CREATE INDEX participant_logins_user ON participant_logins USING btree (user_id, program_id);
grant delete, insert, select on participant_logins to referralhub_app;

create table participants (
  program_id text collate "C" not null,
  id text collate "C" not null,
  "position" bigint not null,
  external_id text collate "C",
  status text not null default 'active'::text,
  country text,
  upline text[] collate "C" not null default '{}'::text[],
  direct_count integer not null default 0,
  direct_limit integer,
  created_at timestamp with time zone not null default now(),
  segment text,
  is_unplaced boolean not null default false,
  suspended_at timestamp with time zone,
  suspension_reason text,
  is_name_shown boolean not null default false,
  marketing_consented_at timestamp with time zone,
  email_verified_at timestamp with time zone,
  language text collate "C" not null default 'en'::text,
  constraint participants_pkey PRIMARY KEY (program_id, id),
  constraint participants_program_id_external_id_key UNIQUE (program_id, external_id),
  constraint participants_check CHECK (((direct_limit IS NULL) OR (direct_count <= direct_limit))),
  constraint participants_check1 CHECK ((NOT (id = ANY (upline)))),
  constraint participants_direct_count_check CHECK ((direct_count >= 0)),
  constraint participants_direct_limit_check CHECK ((direct_limit >= 0)),
  constraint participants_language_check CHECK ((language ~ '^[a-z]{2}$'::text)),
  constraint participants_segment_check CHECK (((length(segment) >= 1) AND (length(segment) <= 64))),
  constraint participants_status_check CHECK ((status = ANY (ARRAY['active'::text, 'suspended'::text, 'erased'::text]))),
  constraint participants_suspension_reason_check CHECK (((length(suspension_reason) >= 1) AND (length(suspension_reason) <= 500)))
);
alter table participants enable row level security;
alter table participants force row level security;
CREATE INDEX participants_segment ON participants USING btree (program_id, segment, id) WHERE (segment IS NOT NULL);
CREATE INDEX participants_unplaced ON participants USING btree (program_id, id) WHERE is_unplaced;
create policy program_scope on participants for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select on participants to referralhub_app;
grant update (status, country, direct_count, direct_limit, segment, suspended_at, suspension_reason, is_name_shown, marketing_consented_at, email_verified_at, language) on participants to referralhub_app;

create table plan_acknowledgements (
  program_id text collate "C" not null,
  plan_hash text collate "C" not null,
  code text collate "C" not null,
  reason text not null,
  actor_kind text not null,
  actor_id text collate "C",
  created_at timestamp with time zone not null default now(),
  constraint plan_acknowledgements_pkey PRIMARY KEY (program_id, plan_hash, code)
);
alter table plan_acknowledgements enable row level security;
alter table plan_acknowledgements force row level security;
create policy program_scope on plan_acknowledgements for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select on plan_acknowledgements to referralhub_app;

create table plans (
  program_id text collate "C" not null,
  id text collate "C" not null,
  state text not null,
  version integer,
  document jsonb not null,
  hash text not null,
  in_force_from timestamp with time zone,
  published_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  base_version integer,
  updated_at timestamp with time zone not null default now(),
  withdrawn_at timestamp with time zone,
  constraint plans_pkey PRIMARY KEY (program_id, id),
  constraint plans_program_id_version_key UNIQUE (program_id, version),
  constraint plans_check CHECK (((state <> 'draft'::text) = ((version IS NOT NULL) AND (in_force_from IS NOT NULL) AND (published_at IS NOT NULL)))),
  constraint plans_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text, 'withdrawn'::text]))),
  constraint plans_withdrawn_check CHECK (((state = 'withdrawn'::text) = (withdrawn_at IS NOT NULL)))
);
alter table plans enable row level security;
alter table plans force row level security;
CREATE INDEX plans_in_force ON plans USING btree (program_id, in_force_from) WHERE (state = 'published'::text);
create policy program_delete_drafts on plans for delete to public
  using (((program_id = current_setting('app.program_id'::text, true)) AND (state = 'draft'::text)));
create policy program_insert on plans for insert to public
  with check ((program_id = current_setting('app.program_id'::text, true)));
create policy program_read on plans for select to public
  using ((program_id = current_setting('app.program_id'::text, true)));
create policy program_update_open on plans for update to public
  using (((program_id = current_setting('app.program_id'::text, true)) AND ((state = 'draft'::text) OR ((state = 'published'::text) AND (in_force_from > (now() + '00:10:00'::interval))))))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant delete, insert, select, update on plans to referralhub_app;

create table program_brands (
  program_id text collate "C" not null,
  color text collate "C",
  texts jsonb not null default '{}'::jsonb,
  logo bytea,
  logo_width integer,
  logo_height integer,
  version text collate "C" not null,
  updated_at timestamp with time zone not null,
  constraint program_brands_pkey PRIMARY KEY (program_id),
  constraint program_brands_check CHECK ((((logo IS NULL) = (logo_width IS NULL)) AND ((logo IS NULL) = (logo_height IS NULL)))),
  constraint program_brands_color_check CHECK ((color ~ '^#[0-9a-f]{6}$'::text)),
  constraint program_brands_logo_height_check CHECK (((logo_height >= 1) AND (logo_height <= 1000))),
  constraint program_brands_logo_width_check CHECK (((logo_width >= 1) AND (logo_width <= 1000)))
);
alter table program_brands enable row level security;
alter table program_brands force row level security;
create policy program_scope on program_brands for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select, update on program_brands to referralhub_app;

create table program_counts (
  program_id text collate "C" not null,
  metric text collate "C" not null,
  currency text collate "C" not null default ''::text,
  total numeric not null default 0,
  constraint program_counts_pkey PRIMARY KEY (program_id, metric, currency)
);
alter table program_counts enable row level security;
alter table program_counts force row level security;
create policy program_scope on program_counts for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select, update on program_counts to referralhub_app;

create table program_directory (
  program_id text collate "C" not null,
  created_at timestamp with time zone not null default now(),
  name text not null default ''::text,
  constraint program_directory_pkey PRIMARY KEY (program_id)
);
grant insert, select on program_directory to referralhub_app;
grant update (name) on program_directory to referralhub_app;

create view program_facts with (security_invoker=true) as
 SELECT events.program_id,
    events."position",
    events.id AS row_id,
    'network'::text AS reader,
        CASE events.type
            WHEN 'participant.created'::text THEN 'joined'::text
            WHEN 'referral.qualified'::text THEN 'qualified'::text
            WHEN 'referral.rewarded'::text THEN 'rewarded'::text
            ELSE 'referred'::text
        END AS metric,
    ''::text AS currency,
    (1)::bigint AS added
   FROM events
  WHERE ((events.type <> ALL (ARRAY['conversion.settled'::text, 'reward.created'::text])) AND (events.type = ANY (ARRAY['participant.created'::text, 'referral.created'::text, 'referral.reassigned'::text, 'referral.qualified'::text, 'referral.rewarded'::text])) AND ((events.type <> 'referral.created'::text) OR (cardinality(events.audience) > 0)) AND ((events.type <> 'referral.reassigned'::text) OR (((events.data -> 'object'::text) ->> 'former_advocate_id'::text) IS NULL)))
UNION ALL
 SELECT events.program_id,
    events."position",
    events.id AS row_id,
    'network'::text AS reader,
    undone.metric,
    ''::text AS currency,
    (- (((events.data -> 'object'::text) ->> undone.metric))::bigint) AS added
   FROM (events
     CROSS JOIN ( VALUES ('qualified'::text), ('rewarded'::text)) undone(metric))
  WHERE ((events.type <> ALL (ARRAY['conversion.settled'::text, 'reward.created'::text])) AND (events.type = 'referral.departed'::text) AND ((((events.data -> 'object'::text) ->> undone.metric))::bigint > 0))
UNION ALL
 SELECT events.program_id,
    events."position",
    events.id AS row_id,
    'network'::text AS reader,
    lost.metric,
    ''::text AS currency,
    '-1'::integer AS added
   FROM (events
     CROSS JOIN ( VALUES ('qualified'::text), ('rewarded'::text)) lost(metric))
  WHERE ((events.type <> ALL (ARRAY['conversion.settled'::text, 'reward.created'::text])) AND (events.type = 'referral.unqualified'::text) AND ((lost.metric = 'qualified'::text) OR (((events.data -> 'object'::text) ->> 'was'::text) = 'rewarded'::text)))
UNION ALL
 SELECT event.program_id,
    event."position",
    event.id AS row_id,
    'reward-counts'::text AS reader,
    fact.metric,
    fact.currency,
    fact.added
   FROM ((events event
     JOIN conversions conversion ON (((conversion.program_id = event.program_id) AND (conversion.id = event.subject_id) AND (conversion.kind = 'purchase'::text))))
     CROSS JOIN LATERAL ( VALUES ('purchases'::text,''::text,(1)::bigint), ('revenue'::text,conversion.currency,conversion.amount_minor)) fact(metric, currency, added))
  WHERE (event.type = 'conversion.settled'::text)
UNION ALL
 SELECT events.program_id,
    events."position",
    events.id AS row_id,
    'reward-counts'::text AS reader,
    'refunded'::text AS metric,
    (counted.money ->> 'currency'::text) AS currency,
    (
        CASE events.type
            WHEN 'conversion.refunded'::text THEN 1
            ELSE '-1'::integer
        END * ((counted.money ->> 'amount'::text))::bigint) AS added
   FROM (events
     CROSS JOIN LATERAL ( VALUES (COALESCE(((events.data -> 'object'::text) -> 'counted'::text), ((events.data -> 'object'::text) -> 'amount'::text)))) counted(money))
  WHERE ((events.type <> ALL (ARRAY['conversion.settled'::text, 'reward.created'::text])) AND (events.type = ANY (ARRAY['conversion.refunded'::text, 'conversion.chargeback_reversed'::text])))
UNION ALL
 SELECT events.program_id,
    events."position",
    events.id AS row_id,
    'reward-counts'::text AS reader,
    'paid'::text AS metric,
    (move.value ->> 'currency'::text) AS currency,
    ((move.value ->> 'amount'::text))::bigint AS added
   FROM (events
     CROSS JOIN LATERAL json_array_elements((events.data -> 'moves'::text)) move(value))
  WHERE ((events.type <> ALL (ARRAY['conversion.settled'::text, 'reward.created'::text])) AND ((move.value ->> 'purse'::text) = 'paid'::text))
UNION ALL
 SELECT clicks.program_id,
    clicks."position",
    clicks.id AS row_id,
    'click-counts'::text AS reader,
    'clicks'::text AS metric,
    ''::text AS currency,
    1 AS added
   FROM clicks;
grant select on program_facts to referralhub_app;

create table programs (
  program_id text collate "C" not null,
  name text not null,
  state text not null,
  currency text collate "C" not null,
  time_zone text not null,
  destination_url text,
  default_margin_ppm bigint not null default 1000000,
  direct_limit integer,
  overflow text not null default 'reject'::text,
  attribution_window_days integer not null default 90,
  plan_revision bigint not null default 0,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  debt_write_off_days integer,
  terms_url text,
  disclosure jsonb not null default '{}'::jsonb,
  link_domains text[] not null default '{}'::text[],
  attribution_model text not null default 'code_wins'::text,
  attribution_version integer not null default 1,
  attribution_days integer,
  reassign_second_person_above bigint,
  claim_window_days integer not null default 30,
  language text collate "C" not null default 'en'::text,
  signing_key text collate "C",
  constraint programs_pkey PRIMARY KEY (program_id),
  constraint programs_attribution_days_check CHECK (((attribution_days >= 1) AND (attribution_days <= 3650))),
  constraint programs_attribution_model_check CHECK ((attribution_model ~ '^[a-z_]{1,40}$'::text)),
  constraint programs_attribution_version_check CHECK ((attribution_version > 0)),
  constraint programs_attribution_window_days_check CHECK (((attribution_window_days >= 1) AND (attribution_window_days <= 3650))),
  constraint programs_claim_window_days_check CHECK (((claim_window_days >= 0) AND (claim_window_days <= 3650))),
  constraint programs_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint programs_debt_write_off_days_check CHECK (((debt_write_off_days >= 1) AND (debt_write_off_days <= 3650))),
  constraint programs_default_margin_ppm_check CHECK (((default_margin_ppm >= 0) AND (default_margin_ppm <= 1000000))),
  constraint programs_direct_limit_check CHECK ((direct_limit >= 0)),
  constraint programs_language_check CHECK ((language ~ '^[a-z]{2}$'::text)),
  constraint programs_overflow_check CHECK ((overflow = ANY (ARRAY['reject'::text, 'no_reward'::text, 'spillover'::text, 'waitlist'::text]))),
  constraint programs_reassign_second_person_above_check CHECK ((reassign_second_person_above >= 0)),
  constraint programs_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'test'::text, 'live'::text, 'paused'::text, 'ended'::text]))),
  constraint programs_program_id_fkey FOREIGN KEY (program_id) REFERENCES program_directory(program_id)
);
alter table programs enable row level security;
alter table programs force row level security;
create policy program_scope on programs for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select, update on programs to referralhub_app;
grant update (link_domains) on programs to referralhub_app;

create table promotions (
  program_id text collate "C" not null,
  id text collate "C" not null,
  document jsonb not null,
  hash text not null,
  time_zone text not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  constraint promotions_pkey PRIMARY KEY (program_id, id),
  constraint promotions_check CHECK ((ends_at > starts_at))
);
alter table promotions enable row level security;
alter table promotions force row level security;
create policy program_scope on promotions for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select on promotions to referralhub_app;
grant update (ended_at) on promotions to referralhub_app;

create unlogged table rate_limits (
  key character varying(255) not null,
  points integer not null default 0,
  expire bigint,
  constraint rate_limits_pkey PRIMARY KEY (key)
);
CREATE INDEX rate_limits_expire ON rate_limits USING btree (expire);
grant delete, insert, select, update on rate_limits to referralhub_app;

create view reassigned_participants with (security_barrier=true) as
 SELECT program_id,
    id,
    upline,
    is_unplaced
   FROM participants
  WHERE ((program_id = current_setting('app.program_id'::text, true)) AND (EXISTS ( SELECT
           FROM reassignments decided
          WHERE ((decided.program_id = participants.program_id) AND (decided.transaction_id = pg_current_xact_id()) AND ((decided.referee_id = participants.id) OR (decided.referee_id = ANY (participants.upline)))))));
grant select on reassigned_participants to referralhub_app;
grant update (upline, is_unplaced) on reassigned_participants to referralhub_app;

create view reassigned_referrals with (security_barrier=true) as
 SELECT program_id,
    id,
    referee_id,
    advocate_id,
    inviter_id,
    status,
    reasons,
    wait_number,
    qualified_at,
    qualified_by
   FROM referrals
  WHERE ((program_id = current_setting('app.program_id'::text, true)) AND (EXISTS ( SELECT
           FROM reassignments decided
          WHERE ((decided.program_id = referrals.program_id) AND (decided.transaction_id = pg_current_xact_id()) AND (decided.referee_id = referrals.referee_id)))));
grant select on reassigned_referrals to referralhub_app;
grant update (advocate_id, inviter_id, status, reasons, wait_number, qualified_at, qualified_by) on reassigned_referrals to referralhub_app;

create table reassignment_proposals (
  program_id text collate "C" not null,
  id text collate "C" not null,
  referee_id text collate "C" not null,
  advocate_id text collate "C" not null,
  claim_id text collate "C",
  reason text not null,
  state text not null,
  money jsonb not null,
  proposed_by text collate "C" not null,
  proposed_at timestamp with time zone not null default now(),
  decided_by text collate "C",
  decided_at timestamp with time zone,
  decision_reason text,
  constraint reassignment_proposals_pkey PRIMARY KEY (program_id, id),
  constraint reassignment_proposals_check CHECK (((decided_by <> proposed_by) OR (state = 'rejected'::text))),
  constraint reassignment_proposals_check1 CHECK (((state = 'proposed'::text) = (decided_at IS NULL))),
  constraint reassignment_proposals_decision_reason_check CHECK (((length(decision_reason) >= 1) AND (length(decision_reason) <= 500))),
  constraint reassignment_proposals_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500))),
  constraint reassignment_proposals_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'approved'::text, 'rejected'::text])))
);
alter table reassignment_proposals enable row level security;
alter table reassignment_proposals force row level security;
CREATE UNIQUE INDEX reassignment_proposals_open ON reassignment_proposals USING btree (program_id, referee_id) WHERE (state = 'proposed'::text);
create policy program_scope on reassignment_proposals for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select on reassignment_proposals to referralhub_app;
grant update (state, decided_by, decided_at, decision_reason) on reassignment_proposals to referralhub_app;

create table reassignments (
  program_id text collate "C" not null,
  id text collate "C" not null,
  referral_id text collate "C" not null,
  referee_id text collate "C" not null,
  former_advocate_id text collate "C",
  advocate_id text collate "C" not null,
  inviter_id text collate "C",
  claim_id text collate "C",
  proposal_id text collate "C",
  reason text not null,
  decided_by text collate "C",
  decided_at timestamp with time zone not null default now(),
  money jsonb not null,
  transaction_id xid8 not null default pg_current_xact_id(),
  constraint reassignments_pkey PRIMARY KEY (program_id, id),
  constraint reassignments_check CHECK (((advocate_id <> referee_id) AND (advocate_id <> former_advocate_id))),
  constraint reassignments_check1 CHECK (((inviter_id <> advocate_id) AND (inviter_id <> referee_id))),
  constraint reassignments_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500)))
);
alter table reassignments enable row level security;
alter table reassignments force row level security;
CREATE INDEX reassignments_referee ON reassignments USING btree (program_id, referee_id, id);
CREATE INDEX reassignments_transaction ON reassignments USING btree (transaction_id);
create policy program_scope on reassignments for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select on reassignments to referralhub_app;

create table redemptions (
  program_id text collate "C" not null,
  id text collate "C" not null,
  participant_id text collate "C" not null,
  external_id text collate "C",
  currency text collate "C" not null,
  amount_minor bigint not null,
  note text,
  parts jsonb not null,
  status text not null,
  created_at timestamp with time zone not null default now(),
  reversed_at timestamp with time zone,
  constraint redemptions_pkey PRIMARY KEY (program_id, id),
  constraint redemptions_program_id_external_id_key UNIQUE (program_id, external_id),
  constraint redemptions_amount_minor_check CHECK ((amount_minor > 0)),
  constraint redemptions_check CHECK (((status = 'reversed'::text) = (reversed_at IS NOT NULL))),
  constraint redemptions_currency_check CHECK ((currency = ANY (ARRAY['PTS'::text, 'CRD'::text]))),
  constraint redemptions_status_check CHECK ((status = ANY (ARRAY['redeemed'::text, 'reversed'::text])))
);
alter table redemptions enable row level security;
alter table redemptions force row level security;
CREATE INDEX redemptions_participant ON redemptions USING btree (program_id, participant_id, id);
create policy program_scope on redemptions for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select on redemptions to referralhub_app;
grant update (status, reversed_at) on redemptions to referralhub_app;

create table referrals (
  program_id text collate "C" not null,
  id text collate "C" not null,
  referee_id text collate "C" not null,
  advocate_id text collate "C",
  status text not null,
  reasons text[] not null default '{}'::text[],
  created_at timestamp with time zone not null default now(),
  qualified_at timestamp with time zone,
  channel text,
  inviter_id text collate "C",
  wait_number integer,
  qualified_by text collate "C",
  link_id text collate "C",
  attribution_model text,
  attribution_version integer,
  constraint referrals_pkey PRIMARY KEY (program_id, referee_id),
  constraint referrals_channel_check CHECK (((length(channel) >= 1) AND (length(channel) <= 64))),
  constraint referrals_check CHECK (((status = 'not_eligible'::text) = (cardinality(reasons) > 0))),
  constraint referrals_check1 CHECK ((advocate_id <> referee_id)),
  constraint referrals_check2 CHECK (((inviter_id <> advocate_id) AND (inviter_id <> referee_id))),
  constraint referrals_status_check CHECK ((status = ANY (ARRAY['waitlisted'::text, 'joined'::text, 'qualified'::text, 'rewarded'::text, 'not_eligible'::text]))),
  constraint referrals_wait_number_check CHECK ((wait_number > 0)),
  constraint referrals_wait_number_status_check CHECK (((status = 'waitlisted'::text) = (wait_number IS NOT NULL))),
  constraint referrals_program_id_referee_id_fkey FOREIGN KEY (program_id, referee_id) REFERENCES participants(program_id, id)
);
alter table referrals enable row level security;
alter table referrals force row level security;
CREATE INDEX referrals_advocate ON referrals USING btree (program_id, advocate_id, id);
CREATE UNIQUE INDEX referrals_id ON referrals USING btree (program_id, id);
CREATE UNIQUE INDEX referrals_waitlist ON referrals USING btree (program_id, advocate_id, wait_number) WHERE (status = 'waitlisted'::text);
create policy program_scope on referrals for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select on referrals to referralhub_app;
grant update (status, qualified_at, wait_number, qualified_by) on referrals to referralhub_app;

create table referred_people (
  program_id text collate "C" not null,
  email_hash text collate "C" not null,
  referee_id text collate "C" not null,
  constraint referred_people_pkey PRIMARY KEY (program_id, email_hash)
);
alter table referred_people enable row level security;
alter table referred_people force row level security;
create policy program_scope on referred_people for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select on referred_people to referralhub_app;

create table refunds (
  program_id text collate "C" not null,
  id text collate "C" not null,
  external_id text collate "C" not null,
  conversion_id text collate "C",
  amount_minor bigint not null,
  currency text collate "C" not null,
  reversals jsonb not null,
  created_at timestamp with time zone not null default now(),
  kind text not null default 'refund'::text,
  status text not null default 'applied'::text,
  waits_for text collate "C",
  refusal text,
  counted_minor bigint not null default 0,
  restorations jsonb not null default '[]'::jsonb,
  applied_at timestamp with time zone,
  reversed_at timestamp with time zone,
  constraint refunds_pkey PRIMARY KEY (program_id, id),
  constraint refunds_program_id_external_id_key UNIQUE (program_id, external_id),
  constraint refunds_amount_minor_check CHECK ((amount_minor > 0)),
  constraint refunds_check CHECK (((conversion_id IS NOT NULL) OR (waits_for IS NOT NULL))),
  constraint refunds_check1 CHECK (((status <> 'applied'::text) OR ((conversion_id IS NOT NULL) AND (applied_at IS NOT NULL)))),
  constraint refunds_check2 CHECK (((status = 'refused'::text) = (refusal IS NOT NULL))),
  constraint refunds_check3 CHECK (((status <> 'reversed'::text) OR (kind = 'chargeback'::text))),
  constraint refunds_check4 CHECK (((status = ANY (ARRAY['applied'::text, 'reversed'::text])) OR (counted_minor = 0))),
  constraint refunds_counted_minor_check CHECK ((counted_minor >= 0)),
  constraint refunds_kind_check CHECK ((kind = ANY (ARRAY['refund'::text, 'chargeback'::text]))),
  constraint refunds_status_check CHECK ((status = ANY (ARRAY['waiting'::text, 'applied'::text, 'refused'::text, 'reversed'::text]))),
  constraint refunds_program_id_conversion_id_fkey FOREIGN KEY (program_id, conversion_id) REFERENCES conversions(program_id, id)
);
alter table refunds enable row level security;
alter table refunds force row level security;
CREATE INDEX refunds_applied ON refunds USING btree (program_id, applied_at, id) WHERE (applied_at IS NOT NULL);
CREATE INDEX refunds_conversion ON refunds USING btree (program_id, conversion_id, id);
CREATE INDEX refunds_reversed ON refunds USING btree (program_id, reversed_at, id) WHERE (reversed_at IS NOT NULL);
CREATE INDEX refunds_waiting ON refunds USING btree (program_id, waits_for) WHERE (status = 'waiting'::text);
create policy program_scope on refunds for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select on refunds to referralhub_app;
grant update (conversion_id, reversals, status, refusal, counted_minor, restorations, applied_at, reversed_at) on refunds to referralhub_app;

create table replays (
  program_id text collate "C" not null,
  id text collate "C" not null,
  plan_id text collate "C" not null,
  plan_hash text collate "C" not null,
  document jsonb not null,
  source jsonb not null,
  state text not null,
  done integer not null default 0,
  total integer,
  attempts integer not null default 0,
  seen_at timestamp with time zone,
  result jsonb,
  reason text,
  created_at timestamp with time zone not null default now(),
  ended_at timestamp with time zone,
  constraint replays_pkey PRIMARY KEY (program_id, id),
  constraint replays_check CHECK (((state = ANY (ARRAY['completed'::text, 'failed'::text, 'cancelled'::text])) = (ended_at IS NOT NULL))),
  constraint replays_check1 CHECK (((state = 'completed'::text) = (result IS NOT NULL))),
  constraint replays_check2 CHECK (((state = 'failed'::text) = (reason IS NOT NULL))),
  constraint replays_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'completed'::text, 'failed'::text, 'cancelled'::text])))
);
alter table replays enable row level security;
alter table replays force row level security;
CREATE INDEX replays_open ON replays USING btree (program_id, id) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));
CREATE INDEX replays_plan ON replays USING btree (program_id, plan_id, id);
create policy program_scope on replays for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select on replays to referralhub_app;
grant update (state, done, total, attempts, seen_at, result, reason, ended_at) on replays to referralhub_app;

create table reward_counts (
  program_id text collate "C" not null,
  participant_id text collate "C" not null,
  level smallint not null,
  leg_participant_id text collate "C" not null,
  currency text collate "C" not null,
  earned_minor bigint not null default 0,
  reversed_minor bigint not null default 0,
  rewards integer not null default 0,
  constraint reward_counts_pkey PRIMARY KEY (participant_id, level, currency, leg_participant_id, program_id)
) with (fillfactor=60);
alter table reward_counts enable row level security;
alter table reward_counts force row level security;
create policy program_scope on reward_counts for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select, update on reward_counts to referralhub_app;

create view reward_reversals with (security_invoker=true) as
 SELECT event.program_id,
    event."position",
    event.id AS row_id,
    reward.participant_id,
    reward.level,
    reward.leg_participant_id,
    reward.currency,
    (- ((((event.data -> 'moves'::text) -> 0) ->> 'amount'::text))::bigint) AS reversed_minor
   FROM (events event
     JOIN rewards reward ON (((reward.program_id = event.program_id) AND (reward.id = event.subject_id))))
  WHERE ((event.type <> ALL (ARRAY['conversion.settled'::text, 'reward.created'::text])) AND (event.type = ANY (ARRAY['reward.reversed'::text, 'reward.restored'::text])));
grant select on reward_reversals to referralhub_app;

create table rewards (
  program_id text collate "C" not null,
  id text collate "C" not null,
  "position" bigint not null,
  conversion_id text collate "C" not null,
  participant_id text collate "C" not null,
  referee_id text collate "C" not null,
  leg_participant_id text collate "C" not null,
  level smallint not null,
  rule text collate "C" not null,
  plan_version integer not null,
  kind text not null,
  amount_minor bigint not null,
  reversed_minor bigint not null default 0,
  currency text collate "C" not null,
  status text not null,
  available_at timestamp with time zone not null,
  created_at timestamp with time zone not null default now(),
  hold_reason text collate "C",
  reversed_from text,
  redeemed_minor bigint not null default 0,
  expired_minor bigint not null default 0,
  expires_days integer,
  expires_at timestamp with time zone,
  settlement smallint not null default 1,
  constraint rewards_pkey PRIMARY KEY (program_id, conversion_id, participant_id, level, rule, settlement),
  constraint rewards_amount_minor_check CHECK ((amount_minor > 0)),
  constraint rewards_check CHECK (((participant_id = referee_id) = (level = 0))),
  constraint rewards_check1 CHECK (((reversed_minor >= 0) AND (reversed_minor <= amount_minor))),
  constraint rewards_check2 CHECK (((redeemed_minor >= 0) AND (redeemed_minor <= amount_minor))),
  constraint rewards_check3 CHECK (((reversed_minor + expired_minor) <= amount_minor)),
  constraint rewards_check4 CHECK (((expired_minor = 0) OR (status = 'expired'::text))),
  constraint rewards_expired_minor_check CHECK ((expired_minor >= 0)),
  constraint rewards_expires_days_check CHECK ((expires_days > 0)),
  constraint rewards_kind_check CHECK ((kind = ANY (ARRAY['commission'::text, 'bonus'::text, 'credit'::text, 'points'::text, 'coupon'::text]))),
  constraint rewards_level_check CHECK ((level >= 0)),
  constraint rewards_settlement_check CHECK ((settlement > 0)),
  constraint rewards_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'held'::text, 'available'::text, 'paid'::text, 'cancelled'::text, 'reversed'::text, 'expired'::text])))
);
alter table rewards enable row level security;
alter table rewards force row level security;
CREATE INDEX rewards_due ON rewards USING btree (program_id, available_at) WHERE (status = 'pending'::text);
CREATE INDEX rewards_expiring ON rewards USING btree (program_id, expires_at, id) WHERE ((status = 'available'::text) AND (expires_at IS NOT NULL) AND (amount_minor > (reversed_minor + redeemed_minor)));
CREATE INDEX rewards_held ON rewards USING btree (program_id, participant_id, id) WHERE (status = 'held'::text);
CREATE UNIQUE INDEX rewards_id ON rewards USING btree (program_id, id);
CREATE INDEX rewards_participant ON rewards USING btree (participant_id, id);
CREATE INDEX rewards_spendable ON rewards USING btree (program_id, participant_id, currency, expires_at, id) WHERE ((status = 'available'::text) AND (currency = ANY (ARRAY['PTS'::text, 'CRD'::text])) AND (amount_minor > (reversed_minor + redeemed_minor)));
create policy program_scope on rewards for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select on rewards to referralhub_app;
grant update (reversed_minor, status, hold_reason, reversed_from, redeemed_minor, expired_minor, expires_at) on rewards to referralhub_app;

create table settlement_counters (
  program_id text collate "C" not null,
  key text collate "C" not null,
  value bigint not null,
  constraint settlement_counters_pkey PRIMARY KEY (program_id, key),
  constraint settlement_counters_key_check CHECK (((length(key) >= 1) AND (length(key) <= 300)))
) with (fillfactor=60);
alter table settlement_counters enable row level security;
alter table settlement_counters force row level security;
create policy program_scope on settlement_counters for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select on settlement_counters to referralhub_app;
grant update (value) on settlement_counters to referralhub_app;

create table setup_tokens (
  token_hash text collate "C" not null,
  created_at timestamp with time zone not null default now(),
  constraint setup_tokens_pkey PRIMARY KEY (token_hash)
);
grant delete, insert, select on setup_tokens to referralhub_app;

create table sign_in_links (
  token_hash text collate "C" not null,
  program_id text collate "C" not null,
  participant_id text collate "C" not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint sign_in_links_pkey PRIMARY KEY (token_hash)
);
CREATE INDEX sign_in_links_expiry ON sign_in_links USING btree (expires_at);
grant delete, insert, select on sign_in_links to referralhub_app;

create table suppressions (
  program_id text collate "C" not null,
  id text collate "C" not null,
  recipient_hash text collate "C" not null,
  scope text not null,
  inviter_id text collate "C",
  message text,
  reason text not null,
  mail_id text collate "C",
  created_at timestamp with time zone not null,
  constraint suppressions_pkey PRIMARY KEY (program_id, id),
  constraint suppressions_check CHECK (((scope = 'inviter'::text) = (inviter_id IS NOT NULL))),
  constraint suppressions_check1 CHECK (((scope = 'message'::text) = (message IS NOT NULL))),
  constraint suppressions_reason_check CHECK ((reason = ANY (ARRAY['bounced'::text, 'complained'::text, 'unsubscribed'::text, 'manual'::text]))),
  constraint suppressions_scope_check CHECK ((scope = ANY (ARRAY['all'::text, 'optional'::text, 'invitations'::text, 'inviter'::text, 'message'::text])))
);
alter table suppressions enable row level security;
alter table suppressions force row level security;
CREATE UNIQUE INDEX suppressions_once ON suppressions USING btree (program_id, recipient_hash, scope, COALESCE(inviter_id, message, ''::text));
create policy program_scope on suppressions for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant delete, insert, select on suppressions to referralhub_app;

create table templates (
  program_id text collate "C" not null,
  message text not null,
  language text not null,
  version integer not null,
  words jsonb not null,
  created_at timestamp with time zone not null,
  created_by text,
  constraint templates_pkey PRIMARY KEY (program_id, message, language, version),
  constraint templates_version_check CHECK ((version > 0))
);
alter table templates enable row level security;
alter table templates force row level security;
create policy program_scope on templates for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select on templates to referralhub_app;

create table touches (
  program_id text collate "C" not null,
  referral_id text collate "C" not null,
  number smallint not null,
  kind text not null,
  code text,
  click_id text collate "C",
  invitation_id text collate "C",
  link_id text collate "C",
  advocate_id text collate "C",
  channel text,
  referrer_host text,
  device text,
  occurred_at timestamp with time zone,
  outcome text not null,
  reason text,
  constraint touches_pkey PRIMARY KEY (program_id, referral_id, number),
  constraint touches_check CHECK (((outcome = 'won'::text) <= (reason IS NULL))),
  constraint touches_kind_check CHECK ((kind = ANY (ARRAY['code'::text, 'click'::text, 'invitation'::text]))),
  constraint touches_number_check CHECK ((number > 0)),
  constraint touches_outcome_check CHECK ((outcome = ANY (ARRAY['won'::text, 'lost'::text])))
);
alter table touches enable row level security;
alter table touches force row level security;
CREATE UNIQUE INDEX touches_winner ON touches USING btree (program_id, referral_id) WHERE (outcome = 'won'::text);
create policy program_scope on touches for all to public
  using ((program_id = current_setting('app.program_id'::text, true)))
  with check ((program_id = current_setting('app.program_id'::text, true)));
grant insert, select on touches to referralhub_app;

create view unplaced_participants with (security_barrier=true) as
 SELECT program_id,
    id,
    upline,
    is_unplaced
   FROM participants
  WHERE (is_unplaced AND (program_id = current_setting('app.program_id'::text, true)));
grant select on unplaced_participants to referralhub_app;
grant update (upline, is_unplaced) on unplaced_participants to referralhub_app;

create table auth.accounts (
  id text collate "C" not null,
  user_id text collate "C" not null,
  account_id text collate "C" not null,
  provider_id text collate "C" not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamp with time zone,
  refresh_token_expires_at timestamp with time zone,
  scope text,
  password text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint accounts_pkey PRIMARY KEY (id),
  constraint accounts_provider_id_account_id_key UNIQUE (provider_id, account_id),
  constraint accounts_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE
);
CREATE INDEX accounts_user ON auth.accounts USING btree (user_id);
grant delete, insert, select, update on auth.accounts to referralhub_app;

create table auth.sessions (
  id text collate "C" not null,
  user_id text collate "C" not null,
  token text collate "C" not null,
  expires_at timestamp with time zone not null,
  ip_address text,
  user_agent text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint sessions_pkey PRIMARY KEY (id),
  constraint sessions_token_key UNIQUE (token),
  constraint sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE
);
CREATE INDEX sessions_expiry ON auth.sessions USING btree (expires_at);
CREATE INDEX sessions_user ON auth.sessions USING btree (user_id);
grant delete, insert, select, update on auth.sessions to referralhub_app;

create table auth.users (
  id text collate "C" not null,
  name text not null,
  email text collate "C" not null,
  email_verified boolean not null default false,
  image text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint users_pkey PRIMARY KEY (id),
  constraint users_email_key UNIQUE (email),
  constraint users_email_check CHECK ((email = lower(email)))
);
grant delete, insert, select, update on auth.users to referralhub_app;

create table auth.verifications (
  id text collate "C" not null,
  identifier text not null,
  value text not null,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint verifications_pkey PRIMARY KEY (id)
);
CREATE INDEX verifications_identifier ON auth.verifications USING btree (identifier);
grant delete, insert, select, update on auth.verifications to referralhub_app;
