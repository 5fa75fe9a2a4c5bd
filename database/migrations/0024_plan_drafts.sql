-- A draft can be edited and deleted; a publication whose day has not come can be taken back. Withdrawn versions
-- keep their number and their text.
alter table plans drop constraint plans_state_check;
alter table plans add constraint plans_state_check check (state in ('draft', 'published', 'withdrawn'));
alter table plans drop constraint plans_check;
alter table plans add constraint plans_check check (
  (state <> 'draft') = (version is not null and in_force_from is not null and published_at is not null));
alter table plans add column base_version int;
alter table plans add column updated_at timestamptz not null default now();
alter table plans add column withdrawn_at timestamptz;
alter table plans add constraint plans_withdrawn_check check ((state = 'withdrawn') = (withdrawn_at is not null));

-- One minute is more than any transaction may take: nothing can be settling by a plan that is being withdrawn.
drop policy program_update_drafts on plans;
create policy program_update_open on plans for update
  using (program_id = current_setting('app.program_id', true)
         and (state = 'draft' or (state = 'published' and in_force_from > now() + interval '1 minute')))
  with check (program_id = current_setting('app.program_id', true));
create policy program_delete_drafts on plans for delete
  using (program_id = current_setting('app.program_id', true) and state = 'draft');
grant delete on plans to "referralhub_app";

-- What the owner of a plan knows and wants all the same. It belongs to the text: another text needs it anew.
create table plan_acknowledgements (
  program_id text collate "C" not null,
  plan_hash text collate "C" not null,
  code text collate "C" not null,
  reason text not null,
  actor_kind text not null,
  actor_id text collate "C",
  created_at timestamptz not null default now(),
  primary key (program_id, plan_hash, code)
);
alter table plan_acknowledgements enable row level security;
alter table plan_acknowledgements force row level security;
create policy program_scope on plan_acknowledgements
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert on plan_acknowledgements to "referralhub_app";
