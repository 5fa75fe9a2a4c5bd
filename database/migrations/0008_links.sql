create table links (
  program_id text collate "C" not null,
  id text collate "C" not null,
  participant_id text collate "C" not null,
  code text collate "C" not null,
  state text not null default 'active' check (state in ('active', 'disabled')),
  created_at timestamptz not null default now(),
  primary key (program_id, id),
  foreign key (program_id, participant_id) references participants (program_id, id)
);
create index links_participant on links (program_id, participant_id);
alter table links enable row level security;
alter table links force row level security;
create policy program_scope on links
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert on links to "referralhub_app";
grant update (state) on links to "referralhub_app";

-- A code is public and names its program: it must be found before the program is known.
create table link_codes (
  code text collate "C" primary key,
  program_id text collate "C" not null,
  link_id text collate "C" not null,
  participant_id text collate "C" not null
);
grant select, insert on link_codes to "referralhub_app";
