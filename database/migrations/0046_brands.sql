-- How a program's pages, mails and portal look: one colour, a picture, and words of its own.
create table program_brands (
  program_id text collate "C" primary key,
  color text collate "C" check (color ~ '^#[0-9a-f]{6}$'),
  -- By language: {"en": {"headline": …}}
  texts jsonb not null default '{}',
  logo bytea,
  logo_width int check (logo_width between 1 and 1000),
  logo_height int check (logo_height between 1 and 1000),
  -- Changes whenever something above does: part of the addresses that may be kept for ever.
  version text collate "C" not null,
  updated_at timestamptz not null,
  check ((logo is null) = (logo_width is null) and (logo is null) = (logo_height is null))
);
alter table program_brands enable row level security;
alter table program_brands force row level security;
create policy program_scope on program_brands
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert, update on program_brands to "referralhub_app";
