-- When a friend was last reminded of the step that is theirs.
create table nudges (
  program_id text collate "C" not null,
  referee_id text collate "C" not null,
  nudged_at timestamptz not null,
  count int not null check (count > 0),
  primary key (program_id, referee_id),
  foreign key (program_id, referee_id) references participants (program_id, id)
);
alter table nudges enable row level security;
alter table nudges force row level security;
create policy program_scope on nudges
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert, update on nudges to "referralhub_app";
