-- What the worker would have counted, and its readers at the end of the log.
insert into network_counts (program_id, participant_id, level, participants)
select program_id, place.ancestor, place.level, count(*)
  from terms
  cross join person
  cross join lateral unnest(upline) with ordinality as place (ancestor, level)
 group by program_id, place.ancestor, place.level;

insert into leg_counts (program_id, participant_id, leg_participant_id, participants)
select program_id, place.ancestor, upline[place.level - 1], count(*)
  from terms
  cross join person
  cross join lateral unnest(upline) with ordinality as place (ancestor, level)
 where place.level > 1
 group by program_id, place.ancestor, upline[place.level - 1];

insert into advocate_counts (program_id, participant_id, qualified)
select program_id, upline[1], count(*)
  from terms cross join person
 where n >= first_buyer
 group by program_id, upline[1];

insert into reward_counts (program_id, participant_id, level, leg_participant_id, currency, earned_minor, rewards)
select program_id, participant_id, granted.level, leg.id, 'INR', sum(amount), count(*)
  from terms
  cross join granted
  cross join lateral (values (''), (leg_id)) as leg (id)
 group by program_id, participant_id, granted.level, leg.id;

insert into program_counts (program_id, metric, currency, total)
select program_id, metric, currency, total
  from terms
  cross join lateral (
    values ('joined', '', people), ('referred', '', people - 1), ('qualified', '', people - first_buyer + 1),
           ('rewarded', '', least(people - first_buyer + 1, released)), ('purchases', '', purchases),
           ('revenue', 'INR', purchases * 200000)) as counted (metric, currency, total)
 where total > 0;

update cursors
   set position = end_position, row_id = ''
  from terms
 where cursors.program_id = terms.program_id;
