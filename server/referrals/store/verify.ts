import { sql } from "kysely";
import { NETWORK_LEVELS_MAX } from "../../participants/participant.ts";
import type { TableCursor } from "../../platform/cursors.ts";
import type { Reader } from "../../platform/database.ts";
import { examine } from "../../platform/verification.ts";

export const examineDirectCounts = (reader: Reader) =>
  examine(
    reader,
    sql`select count(*) from participants where program_id = ${reader.programId}`,
    sql`
      with counted as (
        select advocate_id, count(*) as friends
          from referrals
         where program_id = ${reader.programId} and status in ('joined', 'qualified', 'rewarded')
         group by advocate_id
      )
      select 'Participant ' || person.id || ' has ' || person.direct_count || ' direct referrals counted, there are '
             || coalesce(counted.friends, 0) || '.'
        from participants as person
        left join counted on counted.advocate_id = person.id
       where person.program_id = ${reader.programId} and person.direct_count <> coalesce(counted.friends, 0)
      union all
      select 'Participant ' || id || ' has ' || direct_count || ' direct referrals, the limit is ' || direct_limit || '.'
        from participants
       where program_id = ${reader.programId} and direct_count > direct_limit`,
  );

/** An upline that is the advocate and the advocate's upline grows with every step down: it cannot close a circle. */
export const examineForest = (reader: Reader, levelsMax: number) =>
  examine(
    reader,
    sql`select count(*) from participants where program_id = ${reader.programId}`,
    sql`
      select 'The upline of participant ' || person.id || ' is not their advocate and the advocate''s upline.'
        from participants as person
        left join referrals as referral
          on referral.program_id = person.program_id and referral.referee_id = person.id
         and referral.status in ('joined', 'qualified', 'rewarded')
        left join participants as advocate
          on advocate.program_id = referral.program_id and advocate.id = referral.advocate_id
       where person.program_id = ${reader.programId}
         and (person.id = any(person.upline)
              or person.upline is distinct from
                 case when referral.referee_id is null then '{}'::text[]
                      else (array[advocate.id] || advocate.upline)[1:${levelsMax}::int] end)
      union all
      select 'The application may change who referred whom (' || place || ').'
        from (values ('participants.upline', has_column_privilege('participants', 'upline', 'update')),
                     ('referrals.advocate_id', has_column_privilege('referrals', 'advocate_id', 'update')))
             as granted (place, is_granted)
       where is_granted`,
  );

export const examineReferredPeople = (reader: Reader) =>
  examine(
    reader,
    sql`select count(*) from referred_people where program_id = ${reader.programId}`,
    sql`
      with known as (
        select referee_id, count(*) as times from referred_people where program_id = ${reader.programId} group by referee_id
      ), counting as (
        select referee_id from referrals where program_id = ${reader.programId} and status <> 'not_eligible'
      )
      select 'Participant ' || coalesce(counting.referee_id, known.referee_id) || ' counts as referred '
             || case when counting.referee_id is null then 0 else 1 end || ' times and is remembered '
             || coalesce(known.times, 0) || ' times.'
        from counting
        full join known on known.referee_id = counting.referee_id
       where counting.referee_id is null or known.times is distinct from 1`,
  );

/** Those who came along when somebody was reassigned: below zero for whom they left. */
const movedPeople = (reader: Reader, counted: TableCursor) => sql`
  select place.ancestor, place.level + below.level - 1 as level,
         coalesce(audience[place.level - 1], data -> 'object' ->> 'referee_id') as leg,
         case type when 'referral.arrived' then 1 else -1 end * below.people::bigint as people
    from events
   cross join lateral unnest(audience) with ordinality as place (ancestor, level)
   cross join lateral json_array_elements_text(data -> 'object' -> 'people') with ordinality as below (people, level)
   where program_id = ${reader.programId} and type in ('referral.departed', 'referral.arrived')
     and place.level + below.level - 1 <= ${NETWORK_LEVELS_MAX}::int
     and (position, id) <= (${counted.position}::bigint, ${counted.rowId})`;

export const examineNetworkCounts = (reader: Reader, counted: TableCursor) =>
  examine(
    reader,
    sql`select count(*) from network_counts where program_id = ${reader.programId}`,
    sql`
      select 'Participant ' || participant_id || ' has ' || sum(shown) || ' people counted at level ' || level || ', there are '
             || sum(logged) || '.'
        from (select participant_id, level::bigint, participants as shown, 0 as logged
                from network_counts
               where program_id = ${reader.programId}
              union all
              select place.ancestor, coalesce((data -> 'object' ->> 'levels_below')::bigint, 0) + place.level, 0, 1
                from events
                cross join lateral unnest(audience) with ordinality as place (ancestor, level)
               where program_id = ${reader.programId} and type in ('referral.created', 'referral.placed')
                 and (position, id) <= (${counted.position}::bigint, ${counted.rowId})
              union all
              select ancestor, level, 0, people from (${movedPeople(reader, counted)}) as moved) as count
       group by participant_id, level
      having sum(shown) <> sum(logged)`,
  );

export const examineLegCounts = (reader: Reader, counted: TableCursor) =>
  examine(
    reader,
    sql`select count(*) from leg_counts where program_id = ${reader.programId}`,
    sql`
      select 'Participant ' || participant_id || ' has ' || sum(shown) || ' people counted behind ' || leg_participant_id
             || ', there are ' || sum(logged) || '.'
        from (select participant_id, leg_participant_id, participants as shown, 0 as logged
                from leg_counts
               where program_id = ${reader.programId}
              union all
              select place.ancestor, coalesce(audience[place.level - 1], data -> 'object' ->> 'below_id'), 0, 1
                from events
                cross join lateral unnest(audience) with ordinality as place (ancestor, level)
               where program_id = ${reader.programId}
                 and (type = 'referral.created' and place.level > 1 or type = 'referral.placed')
                 and (position, id) <= (${counted.position}::bigint, ${counted.rowId})
              union all
              select ancestor, leg, 0, people from (${movedPeople(reader, counted)}) as moved where level > 1) as count
       group by participant_id, leg_participant_id
      having sum(shown) <> sum(logged)`,
  );

export const examineAdvocateCounts = (reader: Reader, counted: TableCursor, countedClicks: TableCursor) =>
  examine(
    reader,
    sql`select count(*) from advocate_counts where program_id = ${reader.programId}`,
    sql`
      select 'Participant ' || participant_id || ' has ' || sum(visits) || ' visits and ' || sum(qualified)
             || ' qualified friends too many counted.'
        from (select participant_id, clicks as visits, qualified
                from advocate_counts
               where program_id = ${reader.programId}
              union all
              select participant_id, -count(*), 0
                from clicks
               where program_id = ${reader.programId} and position < ${countedClicks.position}::bigint
               group by participant_id
              union all
              select audience[1], 0, sum(case type when 'referral.qualified' then -1 else 1 end)
                from events
               where program_id = ${reader.programId} and type in ('referral.qualified', 'referral.unqualified')
                 and cardinality(audience) > 0
                 and (position, id) <= (${counted.position}::bigint, ${counted.rowId})
               group by audience[1]
              union all
              select audience[1], 0, (data -> 'object' ->> 'qualified')::bigint
                from events
               where program_id = ${reader.programId} and type = 'referral.departed'
                 and (position, id) <= (${counted.position}::bigint, ${counted.rowId})) as count
       group by participant_id
      having sum(visits) <> 0 or sum(qualified) <> 0`,
  );
