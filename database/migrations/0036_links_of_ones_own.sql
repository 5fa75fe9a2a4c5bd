-- Several links per participant: each with what it is called, where it was shared, where it leads and until when.
-- `expired` and `used_up` are not stored: they follow from the date and the count, to the moment.
alter table links
  add column label text check (length(label) between 1 and 80),
  add column channel text check (length(channel) between 1 and 64),
  add column destination_url text check (length(destination_url) <= 2000),
  add column parameters json,
  add column expires_at timestamptz,
  -- When the log was told that the date has passed.
  add column expired_at timestamptz,
  add column max_uses int check (max_uses between 1 and 1000000),
  -- Counted only where there is a limit, so that no popular link has a row that every sign-up updates.
  add column uses int not null default 0 check (uses >= 0),
  -- Addresses it had before; they lead to it for ever.
  add column former_codes text[] collate "C" not null default '{}',
  add column updated_at timestamptz,
  add check (max_uses is null or uses <= max_uses),
  drop constraint links_state_check,
  add constraint links_state_check check (state in ('active', 'paused', 'disabled'));
create index links_to_expire on links (program_id, expires_at)
  where expires_at is not null and expired_at is null and state <> 'disabled';
grant update (code, label, channel, destination_url, parameters, expires_at, expired_at, max_uses, uses, former_codes, updated_at)
  on links to "referralhub_app";

-- What an address somebody chose looks like at a glance: two that look alike are taken for each other.
alter table link_codes add column look text collate "C";
create unique index link_codes_look on link_codes (look) where look is not null;

alter table clicks add column channel text;

-- Where links may lead besides the program's own destination.
alter table programs add column link_domains text[] not null default '{}';
grant update (link_domains) on programs to "referralhub_app";
