-- What happens to a direct referral beyond the limit: `spillover` places it below, `waitlist` lets it wait.
alter table programs drop constraint programs_overflow_check;
alter table programs add constraint programs_overflow_check
  check (overflow in ('reject', 'no_reward', 'spillover', 'waitlist'));

-- Who invited, where the place was found below them; the advocate is who holds the place above the referee.
alter table referrals add column inviter_id text collate "C" check (inviter_id <> advocate_id and inviter_id <> referee_id);
-- The number drawn in the advocate's line; the smallest is the next to be placed.
alter table referrals add column wait_number int check (wait_number > 0);
alter table referrals drop constraint referrals_status_check;
alter table referrals add constraint referrals_status_check
  check (status in ('waitlisted', 'joined', 'qualified', 'rewarded', 'not_eligible'));
alter table referrals add constraint referrals_wait_number_status_check
  check ((status = 'waitlisted') = (wait_number is not null));
create unique index referrals_waitlist on referrals (program_id, advocate_id, wait_number) where status = 'waitlisted';
grant update (wait_number) on referrals to "referralhub_app";

-- Whoever waits, or stands below somebody who waits: their upline may still grow, at its far end.
alter table participants add column is_unplaced boolean not null default false;
create index participants_unplaced on participants (program_id, id) where is_unplaced;
-- The only way to an upline after sign-up, and there is none from a place that is final.
create view unplaced_participants with (security_barrier = true) as
  select program_id, id, upline, is_unplaced
    from participants
   where is_unplaced and program_id = current_setting('app.program_id', true);
grant select, update (upline, is_unplaced) on unplaced_participants to "referralhub_app";

-- Under `spillover`: who below an inviter has room, by level. The first row of an inviter is where the next one goes.
create table open_places (
  program_id text collate "C" not null,
  inviter_id text collate "C" not null,
  level smallint not null,
  participant_id text collate "C" not null,
  primary key (program_id, inviter_id, level, participant_id),
  foreign key (program_id, participant_id) references participants (program_id, id)
);
create index open_places_participant on open_places (program_id, participant_id);
alter table open_places enable row level security;
alter table open_places force row level security;
create policy program_scope on open_places
  using (program_id = current_setting('app.program_id', true))
  with check (program_id = current_setting('app.program_id', true));
grant select, insert, delete on open_places to "referralhub_app";
