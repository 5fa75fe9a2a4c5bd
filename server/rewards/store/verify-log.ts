import { sql } from "kysely";
import type { TableCursor } from "../../platform/cursors.ts";
import type { Reader } from "../../platform/database.ts";
import { examine } from "../../platform/verification.ts";

/** One event for each thing that happened, and the moves they tell of are those in the ledger. */
export const examineEvents = (reader: Reader) =>
  examine(
    reader,
    sql`select count(*) from events where program_id = ${reader.programId}`,
    sql`
      select id || ' has ' || sum(told) || ' events ' || type || ', ' || sum(due) || ' are due.'
        from (select id, 'participant.created' as type, 1 as due, 0 as told
                from participants where program_id = ${reader.programId}
              union all
              select id, 'referral.created', 1, 0
                from referrals where program_id = ${reader.programId} and status <> 'waitlisted'
              union all
              select id, 'conversion.settled', 1, 0
                from conversions where program_id = ${reader.programId} and status = 'settled'
              union all
              select refund.id, due.type, 1, 0
                from refunds as refund
                cross join lateral (values
                  ('refund.recorded', waits_for is not null), ('refund.refused', status = 'refused'),
                  ('conversion.refunded', conversion_id is not null and status in ('applied', 'reversed')),
                  ('conversion.chargeback_reversed', conversion_id is not null and status = 'reversed')
                ) as due (type, is_due)
               where program_id = ${reader.programId} and is_due
              union all
              select id, 'reward.redeemed', 1, 0 from redemptions where program_id = ${reader.programId}
              union all
              select reward_id, 'reward.redeemed', 1, 0
                from coupons where program_id = ${reader.programId} and redeemed_at is not null
              union all
              select id, 'redemption.reversed', 1, 0
                from redemptions where program_id = ${reader.programId} and status = 'reversed'
              union all
              select id, 'reward.created', 1, 0 from rewards where program_id = ${reader.programId}
              union all
              select case when type in ('conversion.refunded', 'conversion.chargeback_reversed') then data -> 'object' ->> 'id'
                          else subject_id end, type, 0, 1
                from events
               where program_id = ${reader.programId}
                 and type in ('participant.created', 'referral.created', 'conversion.settled', 'conversion.refunded',
                              'conversion.chargeback_reversed', 'refund.recorded', 'refund.refused', 'reward.created',
                              'reward.redeemed', 'redemption.reversed')) as fact
       group by id, type
      having sum(due) <> sum(told)
      union all
      select 'Events moved ' || sum(told) || ' in account ' || account_id || ', the ledger ' || sum(held) || '.'
        from (select 'acc_' || (move ->> 'currency') || '_' || (move ->> 'purse') || '_' || audience[1] as account_id,
                     (move ->> 'amount')::bigint as told, 0 as held
                from events
                cross join lateral json_array_elements(data -> 'moves') as move
               where program_id = ${reader.programId}
              union all
              select account_id, 0, amount_minor
                from ledger_entries
               where program_id = ${reader.programId} and split_part(account_id, '_', 4) = 'par') as moved
       group by account_id
      having sum(told) <> sum(held)`,
  );

export const examineRewardCounts = (reader: Reader, counted: TableCursor) =>
  examine(
    reader,
    sql`select count(*) from reward_counts where program_id = ${reader.programId}`,
    sql`
      select 'The earnings of participant ' || participant_id || ' at level ' || level || ' are counted '
             || sum(earned) || ' too high, what was taken back ' || sum(reversed) || ', the rewards ' || sum(rewards) || '.'
        from (select participant_id, level::int, leg_participant_id, currency, earned_minor as earned,
                     reversed_minor as reversed, rewards
                from reward_counts
               where program_id = ${reader.programId}
              union all
              select audience[1], reward.level, leg.id, move ->> 'currency',
                     case type when 'reward.created' then -(move ->> 'amount')::bigint else 0 end,
                     case type when 'reward.created' then 0 else (move ->> 'amount')::bigint end,
                     case type when 'reward.created' then -1 else 0 end
                from events
                join rewards as reward on reward.program_id = events.program_id and reward.id = events.subject_id
                cross join lateral (values (data -> 'moves' -> 0)) as first_move (move)
                cross join lateral (values (''), (reward.leg_participant_id)) as leg (id)
               where events.program_id = ${reader.programId} and type in ('reward.created', 'reward.reversed', 'reward.restored')
                 and move is not null
                 and (events.position, events.id) <= (${counted.position}::bigint, ${counted.rowId})) as count
       group by participant_id, level, leg_participant_id, currency
      having sum(earned) <> 0 or sum(reversed) <> 0 or sum(rewards) <> 0`,
  );

/** Each metric as of the reader that counts it. */
export const examineProgramCounts = (reader: Reader) =>
  examine(
    reader,
    sql`select count(*) from program_counts where program_id = ${reader.programId}`,
    sql`
      select 'The program counts ' || sum(counted) || ' ' || metric || ' ' || currency || ', the log says ' || sum(logged) || '.'
        from (select metric, currency, total as counted, 0 as logged
                from program_counts
               where program_id = ${reader.programId}
              union all
              select fact.metric, fact.currency, 0, fact.added
                from program_facts as fact
                join cursors as counted on counted.program_id = fact.program_id and counted.reader = fact.reader
               where fact.program_id = ${reader.programId}
                 and (fact.position, fact.row_id) <= (counted.position, counted.row_id)) as count
       group by metric, currency
      having sum(counted) <> sum(logged)`,
  );
