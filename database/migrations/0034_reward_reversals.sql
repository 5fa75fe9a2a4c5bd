-- New rewards are read where they lie; of the log only what was taken back, and given again, is still asked.
create view reward_reversals with (security_invoker = true) as
select event.program_id, event.position, event.id as row_id, reward.participant_id, reward.level,
       reward.leg_participant_id, reward.currency,
       -(event.data -> 'moves' -> 0 ->> 'amount')::bigint as reversed_minor
  from events as event
  join rewards as reward on reward.program_id = event.program_id and reward.id = event.subject_id
 where event.type not in ('conversion.settled', 'reward.created')
   and event.type in ('reward.reversed', 'reward.restored');
grant select on reward_reversals to "referralhub_app";
drop view reward_facts;
