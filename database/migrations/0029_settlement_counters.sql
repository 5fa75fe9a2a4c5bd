-- How far caps, budgets and how-manieths have been counted. Rows are locked while a settlement runs, so nothing is
-- overspent; a program whose plans ask for none has none.
create table settlement_counters (
  program_id text collate "C" not null,
  key text collate "C" not null check (length(key) between 1 and 300),
  value bigint not null,
  primary key (program_id, key)
);
alter table settlement_counters enable row level security;
alter table settlement_counters force row level security;
create policy program_scope on settlement_counters
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert on settlement_counters to "referralhub_app";
grant update (value) on settlement_counters to "referralhub_app";
