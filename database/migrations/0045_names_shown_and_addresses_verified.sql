-- A name is shown to friends only with the person's consent; a message that sells something needs one of its own.
alter table participants add column is_name_shown boolean not null default false;
alter table participants add column marketing_consented_at timestamptz;
-- When somebody proved that the address is theirs.
alter table participants add column email_verified_at timestamptz;
grant update (is_name_shown, marketing_consented_at, email_verified_at) on participants to "referralhub_app";
