import { sql } from "kysely";
import type { Reader } from "../../platform/database.ts";
import { examine } from "../../platform/verification.ts";

/** Where spillover looks for room is where there is room, and whoever was placed below stands below who invited them. */
export const examineOpenPlaces = (reader: Reader, levelsMax: number) =>
  examine(
    reader,
    sql`select count(*) from open_places where program_id = ${reader.programId}`,
    sql`
      with room as (
        select above.id as inviter_id, above.level::smallint as level, participant.id as participant_id
          from participants as participant
          join programs as program on program.program_id = participant.program_id and program.overflow = 'spillover'
         cross join lateral unnest(participant.upline) with ordinality as above (id, level)
         where participant.program_id = ${reader.programId}
           and participant.status = 'active' and participant.direct_count < participant.direct_limit
      ), kept as (
        select inviter_id, level, participant_id from open_places where program_id = ${reader.programId}
      )
      select 'Participant ' || participant_id || ' has room and is no open place below ' || inviter_id || '.'
        from (table room except table kept) as missing
      union all
      select 'Participant ' || participant_id || ' has no room and is an open place below ' || inviter_id || '.'
        from (table kept except table room) as surplus
      union all
      select 'Participant ' || person.id || ' was placed below ' || referral.inviter_id || ' and does not stand there.'
        from referrals as referral
        join participants as person on person.program_id = referral.program_id and person.id = referral.referee_id
       where referral.program_id = ${reader.programId} and referral.inviter_id is not null
         and cardinality(person.upline) < ${levelsMax}::int and not (referral.inviter_id = any(person.upline))
         -- Who stands elsewhere by a decision, or below somebody who does, was placed below them once.
         and not exists (
               select from reassignments as decided
                where decided.program_id = person.program_id
                  and (decided.referee_id = person.id or decided.referee_id = any(person.upline)))`,
  );

/** Whoever waits has nobody above, and whoever's place may still move stands below somebody who waits. */
export const examineWaitlist = (reader: Reader) =>
  examine(
    reader,
    sql`select count(*) from referrals where program_id = ${reader.programId} and status = 'waitlisted'`,
    sql`
      select 'Participant ' || person.id || ' waits and has an upline, or a place that is final.'
        from referrals as referral
        join participants as person on person.program_id = referral.program_id and person.id = referral.referee_id
       where referral.program_id = ${reader.programId} and referral.status = 'waitlisted'
         and not (person.is_unplaced and cardinality(person.upline) = 0)
      union all
      select 'Participant ' || person.id || ' has a place that may move, and nobody above them waits.'
        from participants as person
        left join referrals as referral
          on referral.program_id = person.program_id and referral.status = 'waitlisted'
         and referral.referee_id = coalesce(person.upline[cardinality(person.upline)], person.id)
       where person.program_id = ${reader.programId} and person.is_unplaced and referral.referee_id is null
      union all
      select 'Participant ' || below.id || ' stands below ' || person.id || ', who waits, in a place that is final.'
        from participants as person
        join participants as below
          on below.program_id = person.program_id and below.upline[1] = person.id and not below.is_unplaced
       where person.program_id = ${reader.programId} and person.is_unplaced`,
  );
