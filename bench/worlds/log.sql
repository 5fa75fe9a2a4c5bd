-- An event for everything that happened, in the words the product uses.
create or replace function pg_temp.instant(at timestamptz) returns text
language sql stable as $$ select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') $$;

insert into events (program_id, position, id, type, subject_id, audience, data, recorded_at)
select program_id, positions[1], pg_temp.id('evt', 10 * n + 1), 'participant.created', pg_temp.id('par', n),
       array[pg_temp.id('par', n)],
       json_build_object('object', json_build_object('id', pg_temp.id('par', n), 'external_id', 'u' || n, 'country', null,
         'advocate_id', upline[1], 'created_at', pg_temp.instant(now() - interval '200 days'))),
       now() - interval '200 days'
  from terms cross join person
 order by n;

insert into events (program_id, position, id, type, subject_id, audience, data, recorded_at)
select program_id, positions[1], pg_temp.id('evt', 10 * n + 2), 'referral.created', pg_temp.id('ref', n), upline,
       json_build_object('object', json_build_object('id', pg_temp.id('ref', n), 'advocate_id', upline[1],
         'referee_id', pg_temp.id('par', n), 'status', 'joined', 'reasons', '[]'::json,
         'created_at', pg_temp.instant(now() - interval '200 days'))),
       now() - interval '200 days'
  from terms cross join person
 where level > 0
 order by n;

insert into events (program_id, position, id, type, subject_id, audience, data, recorded_at)
select program_id, purchase.position, pg_temp.id('evt', 10 * n + 3), 'conversion.settled', id, '{}',
       '{}',
       occurred_at
  from terms cross join purchase
 order by n;

create temp table reward_fact on commit drop as
select n, id, participant_id, amount, is_released, occurred_at, available_at, position, released_position,
       format('"id":"%s","participant_id":"%s","conversion_id":"%s","referee_id":"%s","level":%s,"leg_participant_id":"%s","rule":"level-share","plan_version":%s,"kind":"commission","amount":{"amount":%s,"currency":"INR"},"reversed":{"amount":0,"currency":"INR"},"available_at":"%s","reasons":[],"created_at":"%s"',
              id, participant_id, conversion_id, buyer_id, level, leg_id, plan_version, amount, pg_temp.instant(available_at),
              pg_temp.instant(occurred_at)) as object
  from terms cross join granted;

insert into events (program_id, position, id, type, subject_id, audience, data, recorded_at)
select program_id, position, pg_temp.id('evt', 10 * n + 4), 'reward.created', id, array[participant_id],
       format('{"moves":[{"purse":"pending","currency":"INR","amount":%s}]}', amount)::json,
       occurred_at
  from terms cross join reward_fact
 order by n;

insert into events (program_id, position, id, type, subject_id, audience, data, recorded_at)
select program_id, released_position, pg_temp.id('evt', 10 * n + 5), 'reward.released', id, array[participant_id],
       format('{"object":{%s,"status":"available","display_status":"Available"},"moves":[{"purse":"pending","currency":"INR","amount":-%2$s},{"purse":"available","currency":"INR","amount":%2$s}]}',
              object, amount)::json,
       available_at
  from terms cross join reward_fact
 where is_released
 order by n;

insert into events (program_id, position, id, type, subject_id, audience, data, recorded_at)
select program_id, positions[step.place], pg_temp.id('evt', 10 * n + step.digit), 'referral.' || step.status,
       pg_temp.id('ref', n), array[upline[1]],
       json_build_object('object', json_build_object('id', pg_temp.id('ref', n), 'advocate_id', upline[1],
         'referee_id', pg_temp.id('par', n), 'status', step.status,
         'created_at', pg_temp.instant(now() - interval '200 days'))),
       now() - interval '180 days'
  from terms
  cross join person
  cross join (values (2, 6, 'qualified'), (33, 7, 'rewarded')) as step (place, digit, status)
 where n >= first_buyer and (step.status = 'qualified' or n - first_buyer < released)
 order by n;
