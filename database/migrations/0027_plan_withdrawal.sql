-- A conversion may say that it occurs up to five minutes from now, and is settled by the plan of that moment: a plan
-- can be withdrawn until ten minutes before its day.
drop policy program_update_open on plans;
create policy program_update_open on plans for update
  using (program_id = current_setting('app.program_id', true)
         and (state = 'draft' or (state = 'published' and in_force_from > now() + interval '10 minutes')))
  with check (program_id = current_setting('app.program_id', true));
